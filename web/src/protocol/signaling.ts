// Generated; do not edit. Source: schema/signaling.json

/**
 * What a page may say of p2p.
 */
export type Trouble = 'not-connected' | 'lost';
/**
 * Why a visit cannot go on online. `first_visit`: only follow-ups are allowed online (FU-1).
 */
export type UnsuitableReason = 'emergency' | 'examination' | 'first_visit' | 'other';
/**
 * Where a patient is sent: the emergency services, a department of this hospital, another hospital.
 */
export type Referral = 'emergency' | 'department' | 'hospital';
/**
 * The kinds of entries in a conversation. Kinds are added, never renamed.
 */
export type EntryKind =
  | 'chat'
  | 'arrived'
  | 'stepped-out'
  | 'admitted'
  | 'joined'
  | 'left'
  | 'media'
  | 'finished'
  | 'file'
  | 'consent'
  | 'safety'
  | 'location'
  | 'unsuitable'
  | 'follow-up'
  | 'diagnosis'
  | 'guest-invited'
  | 'guest-withdrawn'
  | 'guest-joined'
  | 'guest-left'
  | 'guest-media'
  | 'destroyed'
  | 'closed';
/**
 * Why an entry comes without its body: `destroyed` by lawful decision, or `damaged` where it is kept.
 */
export type Unreadable = 'damaged' | 'destroyed';
/**
 * Whether a participant is in the room right now.
 */
export type Presence = 'here' | 'reconnecting' | 'away';
/**
 * planned: nobody came yet; arrived: the patient waits; then the call; then over.
 */
export type ConsultationState = 'planned' | 'arrived' | 'in-progress' | 'finished' | 'cancelled';
/**
 * The two ways.
 */
export type MediaPath = 'p2p' | 'relay';
/**
 * Why it is this way, for the pages.
 */
export type PathReason =
  'first' | 'policy' | 'not-connected' | 'lost' | 'third-person' | 'two-again';
/**
 * What an account is here for. One account has one role; a guest has none and is invited to a visit.
 */
export type Role = 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin' | 'guest';
/**
 * Every stable error code that a client can see.
 */
export type Code =
  | 'input.invalid'
  | 'input.too_large'
  | 'input.not_json'
  | 'auth.required'
  | 'auth.invalid_credentials'
  | 'auth.throttled'
  | 'auth.csrf'
  | 'auth.origin'
  | 'code.wrong'
  | 'code.void'
  | 'registration.taken'
  | 'identity.wrong_state'
  | 'identity.submitted'
  | 'patient.seen'
  | 'identity.required'
  | 'family.wrong_state'
  | 'family.too_many'
  | 'family.has_visits'
  | 'family.of_age'
  | 'visit.diagnosis_needed'
  | 'visit.guardian_consent_needed'
  | 'auth.wrong_password'
  | 'auth.second_factor_pending'
  | 'auth.proof_needed'
  | 'second_factor.wrong'
  | 'second_factor.wrong_state'
  | 'passkey.refused'
  | 'passkey.known'
  | 'passkey.too_many'
  | 'passkey.unavailable'
  | 'sign_on.refused'
  | 'sign_on.unknown'
  | 'sign_on.unavailable'
  | 'sign_on.bound'
  | 'auth.forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'rate.limited'
  | 'consultation.wrong_state'
  | 'consultation.too_early'
  | 'consultation.too_late'
  | 'visit.location_needed'
  | 'visit.safety_needed'
  | 'guest.no_relay'
  | 'guest.invited'
  | 'guest.too_many'
  | 'guest.wrong_state'
  | 'guest.link_unknown'
  | 'guest.link_used'
  | 'guest.link_withdrawn'
  | 'guest.link_expired'
  | 'guest.visit_over'
  | 'guest.ended'
  | 'follow_up.proposed'
  | 'follow_up.wrong_state'
  | 'appointment.wrong_state'
  | 'appointment.overlap'
  | 'account.login_taken'
  | 'chat.message_id_reused'
  | 'chat.conversation_closed'
  | 'room.not_joined'
  | 'room.busy'
  | 'room.peer_gone'
  | 'room.superseded'
  | 'signal.bad_sdp'
  | 'signal.wrong_state'
  | 'signal.bad_candidate'
  | 'event.unknown'
  | 'job.wrong_state'
  | 'notice.wrong_state'
  | 'file.type_not_allowed'
  | 'file.too_many'
  | 'file.damaged'
  | 'archive.not_sealed_yet'
  | 'archive.same_person'
  | 'retention.wrong_state'
  | 'retention.nothing_kept'
  | 'retention.destroyed'
  | 'retention.open'
  | 'retention.on_hold'
  | 'retention.before_term'
  | 'retention.requested'
  | 'retention.nothing_due'
  | 'retention.expired'
  | 'retention.same_person'
  | 'retention.account_too_new'
  | 'retention.approval_void'
  | 'retention.hold_lifted'
  | 'archive.too_wide'
  | 'archive.too_slow'
  | 'archive.search_wrong_state'
  | 'archive.searches_running'
  | 'profile.wrong_state'
  | 'profile.licence_taken'
  | 'profile.not_eligible'
  | 'schedule.overlap'
  | 'schedule.too_many'
  | 'booking.slot_taken'
  | 'booking.hold_ended'
  | 'booking.answers_needed'
  | 'booking.too_many_holds'
  | 'booking.own_overlap'
  | 'booking.too_late'
  | 'booking.begun'
  | 'booking.terms_changed'
  | 'rebooking.wrong_state'
  | 'his.not_connected'
  | 'his.confirms'
  | 'his.wrong_state'
  | 'patient_link.wrong_state'
  | 'patient_link.taken'
  | 'waitlist.wrong_state'
  | 'waitlist.too_many'
  | 'waitlist.times_free'
  | 'payment.required'
  | 'idempotency.reused'
  | 'payment.not_due'
  | 'payment.wrong_state'
  | 'payment.refused'
  | 'payment.bad_signature'
  | 'refund.wrong_state'
  | 'refund.too_large'
  | 'partner.down'
  | 'internal';
/**
 * Every kind of mistake in one field. Clients translate the kind; sentences stay out of the wire.
 */
export type FieldFault =
  | 'missing'
  | 'unknown'
  | 'wrong_type'
  | 'too_short'
  | 'too_long'
  | 'too_small'
  | 'too_large'
  | 'bad_format'
  | 'not_a_choice'
  | 'out_of_order'
  | 'in_the_past'
  | 'in_the_future'
  | 'too_young'
  | 'too_common'
  | 'as_login'
  | 'as_before'
  | 'not_expected'
  | 'other_birth_date'
  | 'invalid';
/**
 * What people are told of their connection, best first.
 */
export type Quality = 'excellent' | 'good' | 'poor' | 'lost';

export interface Signaling {
  client: {
    'call.settled': {
      body: CallSettled;
      data: Done;
    };
    'call.trouble': {
      body: CallTrouble;
      data: Done;
    };
    'chat.send': {
      body: ChatSend;
      data: ChatKept;
    };
    'consultation.admit': {
      body: AdmitRequest;
      data: Done;
    };
    'consultation.finish': {
      body: FinishRequest;
      data: Done;
    };
    'consultation.unsuitable': {
      body: TurnAwayRequest;
      data: Done;
    };
    'entries.read': {
      body: EntriesRequest;
      data: EntriesReply;
    };
    'ice.read': {
      body: IceServersRequest;
      data: IceServersReply;
    };
    'media.set': {
      body: MediaSet;
      data: Done;
    };
    'queue.read': {
      body: QueueRequest;
      data: QueueView;
    };
    'relay.answer': {
      body: RelayAnswer;
      data: Done;
    };
    'relay.restart': {
      body: RelayRestart;
      data: Done;
    };
    'room.join': {
      body: JoinRequest;
      data: RoomSnapshot;
    };
    'room.leave': {
      body: LeaveRequest;
      data: Done;
    };
    'signal.candidate': {
      body: SignalCandidate;
      data: Done;
    };
    'signal.description': {
      body: SignalDescription;
      data: Done;
    };
    'waiting.read': {
      body: WaitingRequest;
      data: WaitingView;
    };
  };
  error: ErrorView;
  server: {
    'call.figures': CallFigures;
    'call.path': PathChosen;
    'call.settled': PathSettled;
    'entry.added': EntryAdded;
    'guest.changed': GuestChanged;
    'queue.changed': QueueChanged;
    'relay.ended': RelayEnded;
    'relay.offer': RelayOffer;
    'room.presence': PresenceChanged;
    'room.state': StateChanged;
    'room.superseded': Superseded;
    'session.ended': SessionEnded;
    'signal.candidate': CandidateRelayed;
    'signal.description': DescriptionRelayed;
    'waiting.changed': WaitingChanged;
  };
}
/**
 * call.settled: sound and picture come by the path of this generation.
 */
export interface CallSettled {
  consultation_id: string;
  generation: number;
}
/**
 * Answer to events that return nothing but success.
 */
export interface Done {}
/**
 * call.trouble: p2p did not connect within 2.5 s, or nothing comes by it any more.
 */
export interface CallTrouble {
  consultation_id: string;
  generation: number;
  trouble: Trouble;
}
/**
 * chat.send: the answer comes after the message is durable. Resend with the same message_id.
 */
export interface ChatSend {
  consultation_id: string;
  message_id: string;
  text: string;
}
/**
 * Answer to chat.send: where and when the message was kept.
 */
export interface ChatKept {
  recorded_at: string;
  seq: number;
}
/**
 * consultation.admit: the doctor lets the waiting patient in.
 */
export interface AdmitRequest {
  consultation_id: string;
}
/**
 * consultation.finish: the doctor ends the visit for both.
 */
export interface FinishRequest {
  consultation_id: string;
}
/**
 * consultation.unsuitable: the doctor ends a visit as not suitable online, before or after admitting.
 *
 * `place` names a department or a hospital; it may be empty for the emergency services alone. `words` tell
 * the patient more; they may be empty but for the reason `other`. Resend with the same message_id.
 */
export interface TurnAwayRequest {
  consultation_id: string;
  message_id: string;
  place?: string;
  reason: UnsuitableReason;
  referral: Referral;
  words?: string;
}
/**
 * entries.read: the record after a sequence number, to fill gaps.
 */
export interface EntriesRequest {
  after_seq: number;
  consultation_id: string;
  limit?: number;
}
/**
 * Answer to entries.read, in order.
 */
export interface EntriesReply {
  entries: EntryView[];
  more_entries: boolean;
}
/**
 * One entry of the record, as kept. `text` is set for chat, `detail` for everything else.
 *
 * Both are null when the body cannot be read any more; `unreadable` then says why.
 */
export interface EntryView {
  author_id: string | null;
  detail?: {
    [k: string]: string | number | boolean | null;
  } | null;
  kind: EntryKind;
  message_id: string;
  recorded_at: string;
  seq: number;
  text?: string | null;
  unreadable?: Unreadable | null;
}
/**
 * ice.read: fresh servers and credentials, for an ICE restart.
 */
export interface IceServersRequest {
  consultation_id: string;
}
/**
 * Answer to ice.read.
 */
export interface IceServersReply {
  ice_servers: IceServer[];
}
/**
 * RTCIceServer of W3C WebRTC. Credentials of TURN expire; ask again before they do.
 */
export interface IceServer {
  credential?: string | null;
  urls: string[];
  username?: string | null;
}
/**
 * media.set: what this side sends now. The other side is told, the record keeps it.
 */
export interface MediaSet {
  camera: boolean;
  consultation_id: string;
  microphone: boolean;
}
/**
 * queue.read: today's queue of the signed-in doctor. The page is subscribed to queue.changed by it.
 */
export interface QueueRequest {}
/**
 * Answer to queue.read: waiting first by arrival, then in progress, planned by time, then ended.
 *
 * Who waits with a red flag comes before all others.
 */
export interface QueueView {
  at: string;
  entries: QueueEntry[];
}
/**
 * One visit in the doctor's day. `red_flags` are the ids of questions that were answered with yes.
 *
 * `with_guardian`: the patient is a child, and it is the guardian who comes to the visit.
 */
export interface QueueEntry {
  admitted_at: string | null;
  appointment_id: string;
  arrived_at: string | null;
  consultation_id: string;
  ended_at: string | null;
  patient_name: string;
  presence: Presence;
  red_flags: string[];
  scheduled_end: string;
  scheduled_start: string;
  state: ConsultationState;
  with_guardian?: boolean;
}
/**
 * relay.answer: the answer to the relay's offer of that seat and revision.
 */
export interface RelayAnswer {
  consultation_id: string;
  revision: number;
  sdp: string;
  seat: string;
}
/**
 * relay.restart: another way for this seat, or another seat. The offer follows.
 */
export interface RelayRestart {
  consultation_id: string;
  seat?: string | null;
}
/**
 * room.join: enter, or come back. A patient who joins a planned consultation arrives by it.
 *
 * `endpoint_id` is made once per page load: the same one after a dropped socket keeps the peer connection,
 * a new one tells the other side to start afresh. `after_seq` is the last entry the page already has.
 * `consent` is kept in the record when a patient enters; the same one again adds nothing.
 */
export interface JoinRequest {
  after_seq?: number;
  camera?: boolean;
  consent?: ConsentGiven | null;
  consultation_id: string;
  endpoint_id: string;
  microphone?: boolean;
}
/**
 * What a patient agreed to by entering. `digest` is the SHA-256 of the text as shown, in hexadecimal.
 */
export interface ConsentGiven {
  digest: string;
  message_id: string;
  version: string;
}
/**
 * Answer to room.join: all that a page needs to draw the room. `at` is the hospital's time.
 *
 * `third` is the guest, if one is here; to the guest it is the patient. A guest gets no entries.
 */
export interface RoomSnapshot {
  at: string;
  call: CallView;
  consultation: ConsultationView;
  entries: EntryView[];
  ice_servers: IceServer[];
  me: Participant;
  more_entries: boolean;
  other: Participant;
  polite: boolean;
  third?: Participant | null;
}
/**
 * Which way the call goes, and why. `generation` names this choice; `relay` says whether there is one.
 */
export interface CallView {
  generation: number;
  path: MediaPath;
  reason: PathReason;
  relay: boolean;
}
/**
 * The consultation as both sides see it.
 */
export interface ConsultationView {
  admitted_at: string | null;
  appointment_id: string;
  arrived_at: string | null;
  ended_at: string | null;
  id: string;
  patient_name: string;
  practitioner_name: string;
  scheduled_end: string;
  scheduled_start: string;
  state: ConsultationState;
}
/**
 * One side of a consultation. `endpoint_id` names the open page; it changes with a reload.
 */
export interface Participant {
  account_id: string;
  camera: boolean;
  display_name: string;
  endpoint_id: string | null;
  microphone: boolean;
  presence: Presence;
  role: Role;
}
/**
 * room.leave: go on purpose. A patient who still waits gives up the place in the queue.
 *
 * With `endpoint_id` only that page goes: one that joined since, on the same connection, stays.
 */
export interface LeaveRequest {
  consultation_id: string;
  endpoint_id?: string | null;
}
/**
 * signal.candidate: to the other side's page.
 */
export interface SignalCandidate {
  candidate: IceCandidate;
  consultation_id: string;
  to_endpoint: string;
}
/**
 * RTCIceCandidateInit, spelled as the browser spells it. An empty candidate ends a generation.
 */
export interface IceCandidate {
  candidate: string;
  sdpMLineIndex?: number | null;
  sdpMid?: string | null;
  usernameFragment?: string | null;
}
/**
 * signal.description: to the other side's page. Dropped with room.peer_gone when that page is gone.
 */
export interface SignalDescription {
  consultation_id: string;
  description: SessionDescription;
  to_endpoint: string;
}
/**
 * RTCSessionDescriptionInit.
 */
export interface SessionDescription {
  sdp?: string;
  type: 'offer' | 'answer' | 'rollback';
}
/**
 * waiting.read: the patient's place.
 */
export interface WaitingRequest {
  consultation_id: string;
}
/**
 * Answer to waiting.read. Minutes are a range; `before` counts patients who come first.
 */
export interface WaitingView {
  before: number;
  doctor_present: boolean;
  state: ConsultationState;
  wait_from_min: number;
  wait_to_min: number;
}
/**
 * What went wrong. `code` is stable; `fields` says what is wrong where; `log_id` is for support.
 */
export interface ErrorView {
  code: Code;
  fields?: {
    [k: string]: FieldFault;
  } | null;
  log_id?: string | null;
  message: string;
  retry_after_s?: number | null;
}
/**
 * call.figures: how it goes for everybody who is at the relay, every few seconds.
 */
export interface CallFigures {
  consultation_id: string;
  figures: Figures[];
}
/**
 * How it goes for one of those in the call, as the relay sees it; null while nothing is known.
 *
 * `measured` of others is for the doctor alone.
 */
export interface Figures {
  account_id: string;
  measured: Measured | null;
  quality: Quality | null;
}
/**
 * What the relay measured of one connection. Rates in bit/s, `loss` in 0..1, null what nobody could tell.
 *
 * `layer` of so many `layers` is the size of the picture that it gets: 0 the smallest, null without one.
 */
export interface Measured {
  gets_bps: number;
  jitter_ms: number | null;
  layer: number | null;
  layers: number | null;
  loss: number | null;
  round_trip_ms: number | null;
  sends_bps: number;
}
/**
 * call.path: the call goes another way. Make it before the old one is broken.
 */
export interface PathChosen {
  call: CallView;
  consultation_id: string;
}
/**
 * call.settled, to everybody: all get sound and picture by this path, the old one may be closed.
 */
export interface PathSettled {
  consultation_id: string;
  generation: number;
}
/**
 * entry.added: one more entry. Gaps in seq are filled with entries.read.
 */
export interface EntryAdded {
  consultation_id: string;
  entry: EntryView;
}
/**
 * guest.changed: a hint to read the visit's invitation again.
 */
export interface GuestChanged {
  consultation_id: string;
}
/**
 * queue.changed: a hint to read the queue again. Carries nothing, so it may cross nodes.
 */
export interface QueueChanged {}
/**
 * relay.ended: this seat is over. While the path is the relay, ask for another by relay.restart.
 */
export interface RelayEnded {
  consultation_id: string;
  reason: string;
  seat: string;
}
/**
 * relay.offer: the relay's offer for this page's connection; the same one may come again.
 *
 * A new `seat` is a new RTCPeerConnection. `sources`: mid -> `microphone` or `camera`, to be sent there.
 * `publishers`: the id of a stream in the offer -> the account whose sound and picture it is.
 */
export interface RelayOffer {
  consultation_id: string;
  publishers: {
    [k: string]: string;
  };
  revision: number;
  sdp: string;
  seat: string;
  sources: {
    [k: string]: string;
  };
}
/**
 * room.presence: the other side came, went, reconnects or changed its devices.
 */
export interface PresenceChanged {
  consultation_id: string;
  participant: Participant;
}
/**
 * room.state: the consultation moved on.
 */
export interface StateChanged {
  consultation: ConsultationView;
  consultation_id: string;
}
/**
 * room.superseded: the same account opened the visit elsewhere; this page no longer takes part.
 */
export interface Superseded {
  consultation_id: string;
}
/**
 * session.ended: signed out or expired; the server closes the connection after it.
 */
export interface SessionEnded {}
/**
 * signal.candidate, relayed.
 */
export interface CandidateRelayed {
  candidate: IceCandidate;
  consultation_id: string;
  from_endpoint: string;
}
/**
 * signal.description, relayed, with the page it comes from.
 */
export interface DescriptionRelayed {
  consultation_id: string;
  description: SessionDescription;
  from_endpoint: string;
}
/**
 * waiting.changed: a hint to read the place again.
 */
export interface WaitingChanged {}
