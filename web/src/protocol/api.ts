// Generated; do not edit. Source: schema/openapi.json

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description GET /api/accesses?before=&limit=: newest first. */
    AccessesView: {
      accesses: components['schemas']['AccessView'][];
      next_before: number | null;
    };
    /** @description What somebody else did with the patient's data; several times in a row is one access. */
    AccessView: {
      action: string;
      /** @description The same for one account, and another for any other; no id of anything. */
      actor: string | null;
      /** @description Null for the hospital itself. */
      actor_name: string | null;
      actor_role: components['schemas']['Role'] | null;
      /** Format: date-time */
      first_at: string;
      id: number;
      /** Format: date-time */
      last_at: string;
      /** @enum {string} */
      outcome: 'done' | 'refused';
      reason: string | null;
      times: number;
      /** @description When the visit that it was about was planned. */
      visit_at: string | null;
    };
    /** @description GET /api/accounts: by login. `next_cursor` goes on. */
    Accounts: {
      accounts: components['schemas']['AccountView'][];
      next_cursor: string | null;
    };
    /** @description An account without its secrets. */
    AccountView: {
      demo: boolean;
      disabled_at: string | null;
      display_name: string;
      email: string | null;
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      locale: 'zh-CN' | 'en';
      login: string;
      /** @enum {string} */
      role: 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin';
    };
    /** @description A free slot instead of one that is gone. `fee_minor` counts minor units of `currency`. */
    AlternativeSlot: {
      currency: string;
      /** Format: date-time */
      ends_at: string;
      fee_minor: number;
      /** Format: uuid */
      practitioner_id: string;
      practitioner_name: string;
      practitioner_title: string;
      /** Format: date-time */
      starts_at: string;
    };
    /** @description GET /api/appointments?from=&to=: own ones; all for the administration. */
    Appointments: {
      appointments: components['schemas']['AppointmentView'][];
    };
    /**
     * @description held while the patient makes up their mind; booked until the visit begins; then fulfilled.
     *
     *     pending: the slot belongs to the hospital's own system, which has not confirmed it yet.
     *
     *     FHIR has no words for a hold (its Slot is busy-tentative) nor for one that ended: held, expired.
     * @enum {string}
     */
    AppointmentState:
      'held' | 'pending' | 'booked' | 'fulfilled' | 'cancelled' | 'noshow' | 'expired';
    /** @description One appointment and the state of its consultation. */
    AppointmentView: {
      /** Format: uuid */
      consultation_id: string;
      consultation_state: components['schemas']['ConsultationState'];
      /** Format: date-time */
      ends_at: string;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      /** Format: uuid */
      practitioner_id: string;
      practitioner_name: string;
      practitioner_title: string;
      specialty: string;
      /** Format: date-time */
      starts_at: string;
      state: components['schemas']['AppointmentState'];
    };
    /** @description One of the two approvals. */
    ApprovalView: {
      /** Format: date-time */
      at: string;
      by_name: string;
    };
    /**
     * @description One entry exactly as kept, with what its hash is made of (docs/archive-format.md).
     *
     *     `body` is the kept JSON, whose RFC 8785 form was committed to. It is null with `destroyed` when its key
     *     was lawfully destroyed, and with `damaged` when what is kept of it cannot be read. `salt` is base64, null
     *     without the key; `commitment` and `entry_hash` are hexadecimal.
     */
    ArchivedEntry: {
      author: string;
      author_id: string | null;
      author_name: string | null;
      author_role: components['schemas']['Role'] | null;
      body: {
        [key: string]: string | number | boolean | null;
      } | null;
      commitment: string;
      /** Format: uuid */
      conversation_id: string;
      damaged: boolean;
      destroyed: boolean;
      entry_hash: string;
      kind: components['schemas']['EntryKind'] | string;
      /** Format: uuid */
      message_id: string;
      /** Format: date-time */
      recorded_at: string;
      salt: string | null;
      seq: number;
    };
    /** @description One line of the audit trail. */
    AuditLine: {
      action: string;
      actor_id: string | null;
      actor_name: string | null;
      actor_role: components['schemas']['Role'] | null;
      /** Format: date-time */
      at: string;
      id: number;
      /** @enum {string} */
      outcome: 'done' | 'refused';
      patient_id: string | null;
      subject_id: string | null;
      subject_type: string | null;
    };
    /** @description GET /api/audit?before=&limit=&patient_id=: newest first. */
    AuditLines: {
      lines: components['schemas']['AuditLine'][];
      next_before: number | null;
    };
    /** @description How an account of the ledger moved: positive is a debit. All of a currency sum to zero. */
    BalanceView: {
      account: components['schemas']['LedgerAccount'];
      amount_minor: number;
      currency: string;
    };
    /** @description A slot of one doctor. `needs_confirmation`: the hospital's own system confirms it after booking. */
    BookableSlot: {
      /** Format: date-time */
      ends_at: string;
      free: number;
      needs_confirmation: boolean;
      /** Format: date-time */
      starts_at: string;
    };
    /** @description POST /api/bookings/{id}/answers: what is said before a seat offered from the waitlist is booked. */
    BookingAnswers: {
      /** @description What there is of an earlier diagnosis. An earlier visit is looked up at once; documents are added once the visit is booked. */
      diagnosis: components['schemas']['DiagnosisBasis'];
      /** @description The version of the red-flag questions that the patient answered first. */
      red_flags: string;
    };
    /** @description GET /api/bookings: good holds and visits, the family's too, the latest first; at most 100. */
    Bookings: {
      bookings: components['schemas']['BookingView'][];
    };
    /**
     * @description A slot that is held, a request for one, or a visit. While it is held, `held_until` says for how long.
     *
     *     `needs_confirmation`: the hospital's own system owns the slot, and confirms it after booking; until then
     *     the visit is pending, at the latest until `answer_by`.
     *
     *     `answers_needed`: it is kept from the waitlist, and its patient answers before it is booked. `diagnosis`
     *     is what was said then of an earlier one.
     *
     *     `consultation_id` is there once it is booked. `fee_minor` counts minor units of `currency`; null of a
     *     visit that the staff entered.
     */
    BookingView: {
      answer_by: string | null;
      answers_needed: boolean;
      consultation_id: string | null;
      currency: string | null;
      diagnosis: components['schemas']['DiagnosisBasis'] | null;
      /** Format: date-time */
      ends_at: string;
      fee_minor: number | null;
      held_until: string | null;
      /** Format: uuid */
      id: string;
      needs_confirmation: boolean;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      /** Format: uuid */
      practitioner_id: string;
      practitioner_name: string;
      practitioner_title: string;
      specialty: string;
      /** Format: date-time */
      starts_at: string;
      state: components['schemas']['AppointmentState'];
    };
    /** @description A visit that its patient cancelled, and what comes back of what was paid. */
    CancellationView: {
      back_minor: number;
      booking: components['schemas']['BookingView'];
    };
    /**
     * @description How late it is for cancelling: it decides what comes back.
     * @enum {string}
     */
    CancelStep: 'free' | 'late' | 'begun';
    /**
     * @description How sure the index is: certain names one person, possible somebody to look at.
     * @enum {string}
     */
    Certainty: 'certain' | 'possible';
    /**
     * @description How a code reaches a person.
     * @enum {string}
     */
    Channel: 'email' | 'phone';
    /**
     * @description Every stable error code that a client can see.
     * @enum {string}
     */
    Code:
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
    /** @description The code as the person typed it. */
    CodeGiven: {
      code: string;
    };
    /** @description POST /api/registrations and /api/password-resets: where a code is to be sent, and in which language. */
    CodeRequest: {
      destination: string;
      /** @enum {string} */
      locale: 'zh-CN' | 'en';
    };
    /**
     * @description A code is on its way, if the address can have one: the letter says so, this answer never does.
     *
     *     `demo_code` is the code itself, in demo alone.
     */
    CodeSent: {
      channel: components['schemas']['Channel'];
      demo_code: string | null;
      /** Format: date-time */
      expires_at: string;
      /** Format: uuid */
      id: string;
      resend_after_s: number;
    };
    /** @description GET /api/archive/completeness?from=&to=. */
    Completeness: {
      /** Format: date-time */
      counted_at: string;
      /** Format: date */
      first_day: string;
      /** Format: date */
      last_day: string;
      log: components['schemas']['CompletenessOfLog'];
      range: components['schemas']['CompletenessOfRange'];
      took_ms: number;
      witnesses: components['schemas']['CompletenessOfWitness'][];
    };
    /** @description Of the whole log, whatever the range. */
    CompletenessOfLog: {
      checkpoint_size: number | null;
      signed_at: string | null;
      size: number;
    };
    /** @description Of the consultations planned in the range. All but `entries` and `unsealed` count consultations. */
    CompletenessOfRange: {
      addenda_open: number;
      consultations: number;
      conversations: number;
      destroyed: number;
      entries: number;
      heads_differ: number;
      on_hold: number;
      open_long: number;
      sequence_gaps: number;
      unclosed: number;
      unsealed: number;
      unsealed_since: string | null;
    };
    /** @description One witness: its cosignatures within the range, and its last one ever. */
    CompletenessOfWitness: {
      cosignatures: number;
      /** Format: date-time */
      last_at: string;
      last_size: number;
      witness: string;
    };
    /** @description One consultation in the auditor's list. `marks` is null where the record itself is read. */
    ConsultationFound: {
      admitted_at: string | null;
      /** Format: uuid */
      appointment_id: string;
      ended_at: string | null;
      entries: number;
      /** Format: uuid */
      id: string;
      marks: components['schemas']['RecordMarksView'] | null;
      patient_name: string;
      practitioner_name: string;
      /** Format: date-time */
      scheduled_start: string;
      state: components['schemas']['ConsultationState'];
    };
    /** @description GET /api/archive/consultations?patient=&practitioner=&from=&to=&cursor=. `next_cursor` goes on. */
    ConsultationsFound: {
      consultations: components['schemas']['ConsultationFound'][];
      next_cursor: string | null;
    };
    /**
     * @description planned: nobody came yet; arrived: the patient waits; then the call; then over.
     * @enum {string}
     */
    ConsultationState: 'planned' | 'arrived' | 'in-progress' | 'finished' | 'cancelled';
    /** @description POST /api/session. */
    Credentials: {
      login: string;
      password: string;
    };
    /**
     * @description One day. `booked` were booked on it; `visits` were to take place on it, with the cancelled ones.
     *
     *     `wait_minutes_median` is from entering the waiting room to being admitted; null while nobody was.
     */
    DayFigures: {
      booked: number;
      cancelled: number;
      /** Format: date */
      day: string;
      finished: number;
      money: components['schemas']['MoneyOfDay'][];
      no_shows: number;
      visits: number;
      wait_minutes_median: number | null;
    };
    /** @description A background job that gave up. */
    DeadJob: {
      args: {
        [key: string]: string;
      };
      attempts: number;
      enqueued_at: string | null;
      id: number;
      last_error: string | null;
      name: string;
    };
    /** @description GET /api/jobs?state=dead. */
    DeadJobs: {
      jobs: components['schemas']['DeadJob'][];
    };
    /** @description What was decided about a paid visit without anybody asking. */
    DecisionView: {
      /** Format: date-time */
      at: string;
      evidence: components['schemas']['EvidenceView'];
      percent: number;
      reason: components['schemas']['RefundReason'];
    };
    /** @description GET /api/notices?state=&before=&limit=: newest first. */
    DeliveriesView: {
      next_before: string | null;
      notices: components['schemas']['DeliveryView'][];
    };
    /**
     * @description How many notices of one channel are in one state.
     *
     *     `unsent` are dropped ones that somebody would have needed: no server, no address, or too late.
     */
    DeliveryCount: {
      channel: components['schemas']['NoticeChannel'];
      count: number;
      state: components['schemas']['DeliveryState'];
      unsent: boolean;
    };
    /** @description GET /api/notice-figures: the notices made in the last days. What is not listed is none. */
    DeliveryFiguresView: {
      counts: components['schemas']['DeliveryCount'][];
      days: number;
    };
    /**
     * @description waiting for its time, queued, failed (tried, and tried again), then sent, given up, or dropped.
     *
     *     A dropped one was not sent because nobody needed it any more, or because there was no way to send it.
     * @enum {string}
     */
    DeliveryState: 'waiting' | 'queued' | 'failed' | 'sent' | 'given-up' | 'dropped';
    /** @description One notice to one person by one channel. Neither its address nor its text is kept. */
    DeliveryView: {
      /** Format: uuid */
      appointment_id: string;
      channel: components['schemas']['NoticeChannel'];
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      due_at: string;
      /** Format: uuid */
      id: string;
      kind: components['schemas']['Notice'];
      /** Format: date-time */
      moved_at: string;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      provider_id: string | null;
      /** @description A stable word, or the provider's own code. */
      reason: string | null;
      /** Format: date-time */
      starts_at: string;
      state: components['schemas']['DeliveryState'];
      tries: number;
    };
    /** @description One login of the demo hospital; only ever listed in demo. */
    DemoLogin: {
      display_name: string;
      login: string;
      password: string;
      /** @enum {string} */
      role: 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin';
    };
    /** @description POST /api/payments/{id}/demo: what was chosen on the demo's page, where no money moves. */
    DemoPayment: {
      /** @enum {string} */
      choice: 'pay' | 'decline' | 'cancel';
    };
    /** @description The destruction. Until `key_backups_expire_at` a backup of the database may still hold the keys. */
    DestroyedView: {
      /** Format: date-time */
      at: string;
      by_name: string;
      completed_at: string | null;
      /** Format: date-time */
      key_backups_expire_at: string;
    };
    /**
     * @description What is left to say of a destroyed record: when, by whom, under which rule; and where it is proved.
     *
     *     `register_seq` is the entry of the hospital's register. `complete` once no backup holds the key any more.
     */
    DestructionNoteView: {
      approved_by_names: string[];
      complete: boolean;
      /** Format: date-time */
      destroyed_at: string;
      /** Format: date-time */
      due_at: string;
      /** Format: date-time */
      key_backups_expire_at: string;
      reason: string;
      register_seq: number;
      /** Format: uuid */
      request_id: string;
      requested_by_name: string;
      rule: components['schemas']['RetentionRule'];
    };
    /** @description The request made, and what was due and is not part of it. `more`: others are due besides. */
    DestructionRequested: {
      left_out: components['schemas']['KeptRecord'][];
      more: boolean;
      request: components['schemas']['DestructionRequestView'];
    };
    /** @description GET /api/retention/requests: newest first. */
    DestructionRequests: {
      requests: components['schemas']['DestructionRequestView'][];
    };
    /**
     * @description A request to destroy records. `own`: of who reads it; `approved_by_me`: who reads it has approved it.
     *
     *     `due_by` is null when one record was named. `spared` of its `records` were taken out again.
     */
    DestructionRequestView: {
      approvals: components['schemas']['ApprovalView'][];
      approvals_missing: number;
      approved_by_me: boolean;
      destroyed: components['schemas']['DestroyedView'] | null;
      due_by: string | null;
      ending: components['schemas']['EndingView'] | null;
      /** Format: date-time */
      expires_at: string;
      /** Format: uuid */
      id: string;
      own: boolean;
      reason: string;
      records: number;
      /** Format: date-time */
      requested_at: string;
      requested_by_name: string;
      spared: number;
      state: components['schemas']['DestructionState'];
    };
    /**
     * @description A request to destroy: asked for, approved by one, by two; the keys are gone; their backups too.
     * @enum {string}
     */
    DestructionState:
      | 'requested'
      | 'approved-once'
      | 'approved'
      | 'key-destroyed'
      | 'complete'
      | 'refused'
      | 'expired'
      | 'withdrawn';
    /**
     * @description What there is: documents added to this visit, an earlier visit at this hospital, or nothing.
     * @enum {string}
     */
    DiagnosisBasis: 'documents' | 'earlier_visit' | 'none';
    /**
     * @description Whether the patient stated what there is of an earlier diagnosis, where the hospital asks for it.
     * @enum {string}
     */
    DiagnosisStatement: 'not-needed' | 'needed' | 'given';
    /**
     * @description GET /api/consultations/{id}/diagnosis: what is known of an earlier diagnosis.
     *
     *     `basis` was said at booking or since, null: nothing yet. `complete`: it needs nothing more; documents that
     *     were announced were added.
     */
    DiagnosisView: {
      basis: components['schemas']['DiagnosisBasis'] | null;
      complete: boolean;
      documents: number;
      earlier_visits: number;
    };
    /**
     * @description What is not as it should be.
     * @enum {string}
     */
    DifferenceKind: 'missing-here' | 'missing-there' | 'other-amount';
    /** @description One movement about which the provider's list and ours differ. */
    DifferenceView: {
      currency: string;
      kind: components['schemas']['DifferenceKind'];
      movement: components['schemas']['MovementKind'];
      ours_minor: number | null;
      payment_id: string | null;
      reference: string;
      theirs_minor: number | null;
    };
    /**
     * @description A doctor in the list. `fee_minor` counts minor units of `currency`; `years` of practice are full ones.
     *
     *     `next_free` is the first free slot, of the day that was asked for or of the next 90; null when there is
     *     none.
     */
    DoctorCard: {
      currency: string;
      fee_minor: number;
      /** Format: uuid */
      id: string;
      languages: string[];
      name: string;
      next_free: components['schemas']['SlotView'] | null;
      specialty: components['schemas']['SpecialtyView'];
      title: string;
      years: number;
    };
    /** @description GET /api/doctors/{id}: the public page. `next_free` are the next free slots, in order. */
    DoctorPage: {
      biography_en: string | null;
      biography_zh: string | null;
      currency: string;
      fee_minor: number;
      /** Format: uuid */
      id: string;
      languages: string[];
      name: string;
      next_free: components['schemas']['BookableSlot'][];
      specialty: components['schemas']['SpecialtyView'];
      title: string;
      years: number;
    };
    /** @description GET /api/doctors. `next_cursor` goes on. */
    DoctorsFound: {
      doctors: components['schemas']['DoctorCard'][];
      next_cursor: string | null;
    };
    /** @description GET /api/doctors/{id}/slots: in order of time, those that are taken too. */
    DoctorSlots: {
      slots: components['schemas']['BookableSlot'][];
    };
    /**
     * @description What a person proves the own name with.
     * @enum {string}
     */
    DocumentKind: 'resident-id' | 'passport' | 'travel-permit';
    /** @description A visit in which the patient was seen. */
    EarlierVisitView: {
      /** Format: uuid */
      consultation_id: string;
      practitioner_name: string;
      practitioner_title: string;
      specialty: string;
      /** Format: date-time */
      starts_at: string;
    };
    /** @description Why a request came to nothing. `by_name` is null for the hospital itself. */
    EndingView: {
      /** Format: date-time */
      at: string;
      by_name: string | null;
      reason: string | null;
    };
    /**
     * @description The kinds of entries in a conversation. Kinds are added, never renamed.
     * @enum {string}
     */
    EntryKind:
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
     * @description Where an entry stands in the log; `path` (base64) leads to the checkpoint's root, RFC 6962 section
     *     2.1.1.
     *
     *     `index` is null, and the path empty, for an entry that is not sealed yet.
     */
    EntryProof: {
      /** Format: uuid */
      conversation_id: string;
      index: number | null;
      path: string[];
      seq: number;
    };
    /** @description What the visit's record says, and nothing else a decision is made from. */
    EvidenceView: {
      /** @description How long both were in the visit. */
      connected_s: number;
      doctor_came_at: string | null;
      /** Format: date-time */
      ends_at: string;
      patient_came_at: string | null;
      /** Format: date-time */
      starts_at: string;
      state: string;
    };
    /**
     * @description extra adds hours to a day; capacity gives hours that it has another capacity, 0 closes them.
     * @enum {string}
     */
    ExceptionKind: 'extra' | 'capacity';
    /** @description An exception as kept. */
    ExceptionView: {
      begins: string;
      capacity: number;
      /** Format: date */
      day: string;
      ends: string;
      /** Format: uuid */
      id: string;
      kind: components['schemas']['ExceptionKind'];
      slot_minutes: number;
      time_zone: string;
    };
    /** @description POST /api/family-proposals/{id}/approve: what was seen, such as a signed mandate. */
    FamilyApproval: {
      proof: string;
    };
    /** @description GET /api/family: those added first come first. */
    FamilyMembers: {
      members: components['schemas']['FamilyMemberView'][];
    };
    /** @description A patient for whom the account acts once `state` is active. `reason` says why it was returned. */
    FamilyMemberView: {
      /** Format: date-time */
      added_at: string;
      /** Format: date */
      birth_date: string;
      /** @description When a child comes of age, which ends the right. */
      ends_at: string | null;
      gender: components['schemas']['Gender'];
      /** @description A guardian consents to each visit and takes part in it. */
      is_child: boolean;
      name: string;
      /** Format: uuid */
      patient_id: string;
      reason: string | null;
      /** @description What the account's holder is to the patient. */
      relationship: components['schemas']['Relationship'];
      state: components['schemas']['FamilyState'];
    };
    /** @description GET /api/family-proposals: longest waiting first, at most 100. */
    FamilyProposals: {
      proposals: components['schemas']['FamilyProposalView'][];
    };
    /** @description An adult who waits for the staff: who is meant, and whose account wants to act. */
    FamilyProposalView: {
      /** Format: date-time */
      added_at: string;
      /** Format: date */
      birth_date: string;
      gender: components['schemas']['Gender'];
      holder_name: string;
      name: string;
      /** Format: uuid */
      patient_id: string;
      relationship: components['schemas']['Relationship'];
    };
    /** @description POST /api/family-proposals/{id}/return. The account reads the reason. */
    FamilyReturn: {
      reason: string;
    };
    /**
     * @description proposed: an adult, until the staff has seen that she agrees; active: the right holds; then over.
     * @enum {string}
     */
    FamilyState: 'proposed' | 'active' | 'returned' | 'ended';
    /**
     * @description Every kind of mistake in one field. Clients translate the kind; sentences stay out of the wire.
     * @enum {string}
     */
    FieldFault:
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
    /** @description GET /api/figures: the administration's page, today in the hospital's time zone. */
    Figures: {
      appointments: number;
      finished: number;
      in_progress: number;
      jobs_dead: number;
      jobs_waiting: number;
      sealed_entries: number;
      sealing: components['schemas']['SealingState'];
      sealing_why: string | null;
      wait_minutes_median: number | null;
      waiting: number;
    };
    /** @description GET /api/figures/days: every day of them. `currencies` are those that money moved in. */
    FiguresOfDays: {
      currencies: string[];
      days: components['schemas']['DayFigures'][];
      /** Format: date */
      first_day: string;
      /** Format: date */
      last_day: string;
    };
    /** @description POST /api/consultations/{id}/files: the file's entry, durable like its bytes. */
    FileKept: {
      /** @description SHA-256 of the bytes, in hexadecimal. */
      digest: string;
      name: string;
      /** Format: date-time */
      recorded_at: string;
      seq: number;
      size: number;
      type: string;
    };
    /**
     * @description One thing that is wrong, and where. `seq` is null when it concerns the whole conversation.
     *
     *     `conversation_id` is the consultation's, or its addendum's.
     */
    Finding: {
      /** Format: uuid */
      conversation_id: string;
      kind: string;
      message: string;
      seq: number | null;
    };
    /** @description GET /api/follow-ups: what is neither booked nor let go, the next due first. */
    FollowUps: {
      follow_ups: components['schemas']['FollowUpView'][];
    };
    /** @description What a doctor proposed after a visit. `why` is null once the record cannot be read any more. */
    FollowUpView: {
      /** Format: uuid */
      consultation_id: string;
      /** Format: date */
      due_on: string;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      /** Format: uuid */
      practitioner_id: string;
      practitioner_name: string;
      practitioner_title: string;
      /** Format: date-time */
      proposed_at: string;
      /** @description From the record; null when it was destroyed. */
      why: string | null;
    };
    /** @description A patient to choose for a search. */
    FoundPatient: {
      /** Format: date */
      birth_date: string;
      /** Format: uuid */
      id: string;
      name: string;
    };
    /** @description GET /api/archive/patients?name=: the first ones only. */
    FoundPatients: {
      patients: components['schemas']['FoundPatient'][];
    };
    /**
     * @description FHIR's administrative gender.
     * @enum {string}
     */
    Gender: 'female' | 'male' | 'other' | 'unknown';
    /**
     * @description Whether a guardian agreed to take part: of adults there is none.
     * @enum {string}
     */
    GuardianConsent: 'not-needed' | 'needed' | 'given';
    /** @description POST /api/guest: use a link. `consent_digest` is the SHA-256 of the text as shown, in hexadecimal. */
    GuestEntry: {
      consent_digest: string;
      consent_version: string;
      token: string;
    };
    /** @description POST /api/guest/look: the token of a link, which stands behind its #. */
    GuestLink: {
      token: string;
    };
    /** @description What a link tells before it is used: whose visit it leads to, and until when. */
    GuestLookView: {
      /** Format: date-time */
      expires_at: string;
      guest_name: string;
      practitioner_name: string;
    };
    /** @description GET /api/guest: the guest of this browser. `over` is the code that says why there is none any more. */
    GuestSession: {
      guest: components['schemas']['GuestView'] | null;
      over: components['schemas']['Code'] | null;
    };
    /** @description Who the guest is, and the visit whose call is open to it. `id` stands for the account that it lacks. */
    GuestView: {
      /** Format: uuid */
      consultation_id: string;
      /** Format: date-time */
      expires_at: string;
      guest_name: string;
      /** Format: uuid */
      id: string;
      practitioner_name: string;
    };
    /** @description GET /healthz. */
    Health: {
      sealing: components['schemas']['SealingState'];
      sealing_why: string | null;
      /** @constant */
      status: 'ok';
      version: string;
    };
    /**
     * @description Why a record cannot be asked to be destroyed now. Each is also the end of a stable error code.
     * @enum {string}
     */
    Hindrance: 'nothing_kept' | 'destroyed' | 'open' | 'on_hold' | 'before_term' | 'requested';
    /** @description The end of a hold. */
    HoldLiftView: {
      /** Format: date-time */
      at: string;
      by_name: string;
      reason: string;
    };
    /** @description GET /api/retention/holds: those that stand first. */
    Holds: {
      holds: components['schemas']['HoldView'][];
    };
    /** @description A legal hold: on one record, or without `consultation_id` on all of a patient's. */
    HoldView: {
      consultation_id: string | null;
      /** Format: uuid */
      id: string;
      lift: components['schemas']['HoldLiftView'] | null;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      /** Format: date-time */
      placed_at: string;
      placed_by_name: string;
      reason: string;
      scheduled_start: string | null;
    };
    /**
     * @description What anyone may know: GET /api/hospital. `passkeys` says whether its address can have any.
     *
     *     `single_sign_on` is what the staff's OpenID provider is called, where there is one.
     */
    HospitalView: {
      currency: string;
      /** @enum {string} */
      default_locale: 'zh-CN' | 'en';
      demo: boolean;
      demo_logins: components['schemas']['DemoLogin'][];
      emergency_number: string;
      name: string;
      passkeys: boolean;
      single_sign_on: string | null;
      time_zone: string;
    };
    /** @description GET /api/identity-checks: longest waiting first, at most 100. */
    IdentitiesToDecide: {
      checks: components['schemas']['IdentityToDecide'][];
    };
    /** @description POST /api/identity-checks/{id}/return. The patient reads the reason. */
    IdentityReturn: {
      reason: string;
    };
    /**
     * @description waiting until somebody of the staff has compared; then verified, or returned to the patient.
     * @enum {string}
     */
    IdentityState: 'waiting' | 'verified' | 'returned';
    /**
     * @description A check that waits, with the whole number: for the staff who compares.
     *
     *     `number_birth_date` is the birth date that the number says, null of a kind that says none. `opinion` is
     *     null until a name register has said something, and where none is asked; `compared`: one was.
     */
    IdentityToDecide: {
      /** Format: date */
      birth_date: string;
      compared: boolean;
      /** Format: uuid */
      id: string;
      kind: components['schemas']['DocumentKind'];
      number: string;
      number_birth_date: string | null;
      opinion: components['schemas']['NameOpinionView'] | null;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      /** Format: date-time */
      submitted_at: string;
    };
    /** @description The latest check of a patient. `masked` is all that is shown of the number. */
    IdentityView: {
      decided_at: string | null;
      /** Format: uuid */
      id: string;
      kind: components['schemas']['DocumentKind'];
      masked: string;
      reason: string | null;
      state: components['schemas']['IdentityState'];
      /** Format: date-time */
      submitted_at: string;
    };
    /** @description A patient of the hospital's own system (HIS). `source` and `number` name it there. */
    IndexCandidate: {
      /** Format: date */
      birth_date: string;
      certainty: components['schemas']['Certainty'];
      name: string;
      number: string;
      source: string;
    };
    /** @description GET /api/identity-checks/{id}/candidates: who of the HIS's patient index this patient can be. */
    IndexCandidates: {
      candidates: components['schemas']['IndexCandidate'][];
      kind: components['schemas']['MatchKind'];
    };
    /** @description An invitation that is not over. `expires_at`: of the link while open, of the stay once used. */
    InvitationView: {
      /** Format: date-time */
      expires_at: string;
      guest_name: string;
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      made_at: string;
      /** @enum {string} */
      state: 'open' | 'used';
    };
    /**
     * @description A record that can still be read. `due_at` and `rule` are null while its consultation is open.
     *
     *     `hindrance` says why it cannot be destroyed now; null: it can be asked for. `request_id` is the request
     *     under way that is about it.
     */
    KeptRecord: {
      /** Format: uuid */
      consultation_id: string;
      due_at: string | null;
      ended_at: string | null;
      hindrance: components['schemas']['Hindrance'] | null;
      last_visit_at: string | null;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      practitioner_name: string;
      request_id: string | null;
      rule: components['schemas']['RetentionRule'] | null;
      /** Format: date-time */
      scheduled_start: string;
      state: components['schemas']['ConsultationState'];
    };
    /** @description GET /api/retention/records: the first due first. `more`: there are others behind them. */
    KeptRecords: {
      more: boolean;
      records: components['schemas']['KeptRecord'][];
      terms: components['schemas']['RetentionTerms'];
    };
    /** @description An entry that contains the word. `parts` joined are its text; null when destroyed, or `damaged`. */
    KeywordHit: {
      author_name: string | null;
      author_role: components['schemas']['Role'] | null;
      /** Format: uuid */
      consultation_id: string;
      /** Format: uuid */
      conversation_id: string;
      damaged: boolean;
      id: number;
      kind: string | null;
      parts: components['schemas']['TextPart'][] | null;
      patient_name: string;
      practitioner_name: string;
      recorded_at: string | null;
      /** Format: date-time */
      scheduled_start: string;
      seq: number;
    };
    /** @description GET /api/archive/keyword-searches/{id}/hits?after=: in the order of finding. */
    KeywordHits: {
      hits: components['schemas']['KeywordHit'][];
      next_after: number | null;
    };
    /** @description GET /api/archive/keyword-searches: everybody's newest ones. */
    KeywordSearches: {
      searches: components['schemas']['KeywordSearchView'][];
    };
    /**
     * @description A search and how far it is. `word` is null for everybody but who asked, and once it expired.
     *
     *     `done` of `total` consultations were searched. `destroyed` ones have no text any more, `damaged` entries
     *     cannot be read. `capped`: it ended early, because the word stands nearly everywhere.
     */
    KeywordSearchView: {
      by_name: string;
      capped: boolean;
      /** Format: date-time */
      created_at: string;
      damaged: number;
      destroyed: number;
      done: number;
      ended_at: string | null;
      /** Format: date-time */
      expires_at: string;
      first_day: string | null;
      hits: number;
      /** Format: uuid */
      id: string;
      last_day: string | null;
      own: boolean;
      patient_id: string | null;
      patient_name: string | null;
      practitioner_id: string | null;
      practitioner_name: string | null;
      reason: string;
      state: components['schemas']['SearchState'];
      total: number;
      word: string | null;
    };
    /** @description A leave. `booked`: when it is entered, the visits that were called off; later, those that stay. */
    LeaveEntered: {
      booked: number;
      leave: components['schemas']['LeaveView'];
    };
    /** @description A leave: [begins_at, ends_at), shown as the hospital's days. */
    LeaveView: {
      /** Format: date-time */
      begins_at: string;
      /** Format: date-time */
      ends_at: string;
      /** Format: date */
      first_day: string;
      /** Format: uuid */
      id: string;
      /** Format: date */
      last_day: string;
    };
    /**
     * @description Where money is, and why.
     * @enum {string}
     */
    LedgerAccount: 'provider' | 'visits' | 'provider-fees' | 'disputed' | 'dispute-losses';
    /**
     * @description open until the index has answered; then linked, or unmatched until the staff links or leaves it.
     * @enum {string}
     */
    LinkState: 'open' | 'linked' | 'unmatched' | 'left';
    /** @description One consultation behind a figure. `amount` or `since`: what the list is about. */
    ListedRecord: {
      amount: number | null;
      /** Format: uuid */
      consultation_id: string;
      patient_name: string;
      practitioner_name: string;
      /** Format: date-time */
      scheduled_start: string;
      since: string | null;
      state: components['schemas']['ConsultationState'];
    };
    /** @description GET /api/archive/completeness/{what}?from=&to=&cursor=: the latest planned start first. */
    ListedRecords: {
      next_cursor: string | null;
      records: components['schemas']['ListedRecord'][];
    };
    /** @description Where a patient is, and the number to call back: E.164 or the local form, as it was written. */
    LocationView: {
      city: string;
      /** @description ISO 3166-1 alpha-2. */
      country: string;
      line: string;
      phone: string;
      province: string;
    };
    /**
     * @description What a look into the index came to.
     * @enum {string}
     */
    MatchKind: 'none' | 'one' | 'several';
    /** @description What was paid and what went back on a day, in minor units; providers' fees are not taken off. */
    MoneyOfDay: {
      captured_minor: number;
      currency: string;
      refunded_minor: number;
    };
    /**
     * @description Money that came, money that went back, and what of it was not taken and is here again.
     * @enum {string}
     */
    MovementKind: 'capture' | 'refund' | 'refund-failed';
    /** @description What a name register says about a document. `reference` is its own name for the question. */
    NameOpinionView: {
      /** Format: date-time */
      given_at: string;
      opinion: components['schemas']['Opinion'];
      reference: string | null;
      register_name: components['schemas']['RegisterName'];
    };
    /** @description POST /api/accounts. Patients need a birth date; doctors and pharmacists a title and a specialty. */
    NewAccount: {
      /** @default null */
      birth_date: string | null;
      display_name: string;
      /** @default null */
      email: string | null;
      /**
       * @default zh-CN
       * @enum {string}
       */
      locale: 'zh-CN' | 'en';
      login: string;
      password: string;
      /** @enum {string} */
      role: 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin';
      /** @default null */
      specialty: string | null;
      /** @default null */
      title: string | null;
    };
    /** @description POST /api/appointments, by the administration. */
    NewAppointment: {
      /** Format: date-time */
      ends_at: string;
      /** Format: uuid */
      patient_id: string;
      /** Format: uuid */
      practitioner_id: string;
      /** Format: date-time */
      starts_at: string;
    };
    /** @description POST /api/retention/requests/{id}/approve: the own password, again. */
    NewApproval: {
      password: string;
    };
    /**
     * @description POST /api/bookings: the slot to hold, as the doctor's page lists it, for whom, and what is said before.
     *
     *     `patient_id` null is the own person, else a family member. For a child `guardian_consents` is true.
     */
    NewBooking: {
      /** @description What there is of an earlier diagnosis. An earlier visit is looked up at once; documents are added once the visit is booked. */
      diagnosis: components['schemas']['DiagnosisBasis'];
      /** @default false */
      guardian_consents: boolean;
      /** @default null */
      patient_id: string | null;
      /** Format: uuid */
      practitioner_id: string;
      /** @description The version of the red-flag questions that the patient answered first. */
      red_flags: string;
      /** Format: date-time */
      starts_at: string;
    };
    /** @description POST /api/appointments/{id}/call-off. Of the reasons only those that a person gives are taken. */
    NewCallOff: {
      why: components['schemas']['OfferReason'];
    };
    /** @description POST /api/bookings/{id}/cancel: `back_minor` is what the patient was told comes back. */
    NewCancellation: {
      back_minor: number;
    };
    /** @description POST /api/retention/requests: one record, or all that were due by the end of a day. */
    NewDestructionRequest: {
      /** @default null */
      consultation_id: string | null;
      /** @default null */
      due_by: string | null;
      password: string;
      reason: string;
    };
    /** @description POST /api/consultations/{id}/diagnosis: what the patient can show of an earlier diagnosis. */
    NewDiagnosis: {
      basis: components['schemas']['DiagnosisBasis'];
      /**
       * Format: uuid
       * @description The page's own: a resend with the same one adds nothing.
       */
      message_id: string;
    };
    /** @description One day that is different: extra hours, or hours with another capacity (0 closes them). */
    NewException: {
      /** @description A time on the wall clock of the time zone. */
      begins: string;
      capacity: number;
      /**
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      day: string;
      /** @description A time on the wall clock; 24:00 is the end of the day. */
      ends: string;
      kind: components['schemas']['ExceptionKind'];
      /**
       * @description Of extra hours; has no meaning for a capacity.
       * @default 0
       */
      slot_minutes: number;
      /** @default null */
      time_zone: string | null;
    };
    /** @description POST /api/family. `declared`: the words of this version were agreed to. */
    NewFamilyMember: {
      /** Format: date */
      birth_date: string;
      declared: boolean;
      gender: components['schemas']['Gender'];
      name: string;
      relationship: components['schemas']['Relationship'];
    };
    /** @description POST /api/consultations/{id}/follow-up: when the patient should come again, and why in short. */
    NewFollowUp: {
      /** Format: date */
      due_on: string;
      why: string;
    };
    /** @description POST /api/retention/holds. One of the two ids. */
    NewHold: {
      /** @default null */
      consultation_id: string | null;
      /** @default null */
      patient_id: string | null;
      reason: string;
    };
    /** @description POST /api/retention/holds/{id}/lift. */
    NewHoldLift: {
      reason: string;
    };
    /** @description POST /api/identity. `patient_id` null is the own person, else a family member. */
    NewIdentity: {
      kind: components['schemas']['DocumentKind'];
      number: string;
      /** @default null */
      patient_id: string | null;
    };
    /** @description POST /api/identity-checks/{id}/link: one of the candidates. */
    NewIndexLink: {
      number: string;
      source: string;
    };
    /** @description POST /api/consultations/{id}/guest: who is invited, by the name that the others shall see. */
    NewInvitation: {
      guest_name: string;
    };
    /** @description POST /api/archive/keyword-searches. A patient, a doctor, or days: at most 31 when they are alone. */
    NewKeywordSearch: {
      /** @default null */
      from: string | null;
      /** @default null */
      patient_id: string | null;
      /** @default null */
      practitioner_id: string | null;
      reason: string;
      /** @default null */
      to: string | null;
      word: string;
    };
    /** @description Days of the hospital on which a doctor offers nothing; both ends count. */
    NewLeave: {
      /**
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      from: string;
      /**
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      to: string;
    };
    /** @description Answer to POST /api/consultations/{id}/guest. The link is told this once and kept nowhere. */
    NewLink: {
      invitation: components['schemas']['InvitationView'];
      /** @description Opens the visit's call to whoever uses it first. */
      link: string;
    };
    /** @description POST /api/consultations/{id}/location. */
    NewLocation: {
      city: string;
      country: string;
      /** @default  */
      line: string;
      /**
       * Format: uuid
       * @description The page's own: a resend with the same one adds nothing.
       */
      message_id: string;
      phone: string;
      province: string;
    };
    /**
     * @description POST /api/notice-preferences. Null: as the account (language) or the hospital (zone) says.
     *
     *     Without reminders what is urgent still comes: a visit that was moved or cancelled.
     */
    NewNoticePreferences: {
      locale: ('zh-CN' | 'en') | null;
      reminders: boolean;
      /** @description A name of the IANA time zone database. */
      time_zone: string | null;
      way: components['schemas']['Way'] | null;
    };
    /** @description POST /api/passkeys: `credential` as WebAuthn's RegistrationResponseJSON. */
    NewPasskey: {
      /** Format: uuid */
      challenge_id: string;
      credential: {
        [key: string]: unknown;
      };
      name: string;
    };
    /** @description POST /api/password-resets/{id}/password. */
    NewPasswordGiven: {
      password: string;
      ticket: string;
    };
    /** @description POST /api/registrations/{id}/account. `notice_digest` is the hex SHA-256 of the notice as shown. */
    NewPatientAccount: {
      /** Format: date */
      birth_date: string;
      display_name: string;
      /** @enum {string} */
      locale: 'zh-CN' | 'en';
      notice_digest: string;
      notice_version: string;
      password: string;
      ticket: string;
    };
    /** @description POST /api/session/proof: the password, and a code of the app or a recovery code. */
    NewProof: {
      code: string;
      password: string;
    };
    /** @description Why a profile is returned or a doctor suspended. */
    NewReason: {
      reason: string;
    };
    /** @description POST /api/payments/{id}/refunds. */
    NewRefund: {
      amount_minor: number;
    };
    /** @description POST /api/retention/requests/{id}/refuse. */
    NewRefusal: {
      reason: string;
    };
    /** @description POST /api/consultations/{id}/safety. No flags: none of these. */
    NewSafetyAnswer: {
      flags: string[];
      /**
       * Format: uuid
       * @description The page's own: a resend with the same one adds nothing.
       */
      message_id: string;
      version: string;
    };
    /** @description POST /api/archive/samples. Without a seed one is drawn. */
    NewSample: {
      /**
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      from: string;
      /** @default null */
      practitioner_id: string | null;
      /** @default null */
      seed: string | null;
      size: number;
      /** @default null */
      specialty: string | null;
      /**
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      to: string;
    };
    /** @description POST /api/archive/samples/{id}/reviews. A note belongs to the finding `note` alone. */
    NewSampleReview: {
      /** Format: uuid */
      consultation_id: string;
      finding: components['schemas']['ReviewFinding'];
      /** @default null */
      note: string | null;
    };
    /** @description POST /api/bookings/{id}/move: another slot of the same doctor. */
    NewTime: {
      /** Format: date-time */
      starts_at: string;
    };
    /**
     * @description POST /api/waitlist: the doctor, and the hospital's days of use; without them any day.
     *
     *     `patient_id` null is the own person, else a family member. For a child `guardian_consents` is true.
     */
    NewWaitlistEntry: {
      /** @default null */
      from: string | null;
      /** @default false */
      guardian_consents: boolean;
      /** @default null */
      patient_id: string | null;
      /** Format: uuid */
      practitioner_id: string;
      /** @default null */
      to: string | null;
    };
    /** @description Hours that come back each week. `weekday` is 1 (Monday) to 7; both days of validity count. */
    NewWeeklyHours: {
      /** @description A time on the wall clock of the time zone. */
      begins: string;
      /** @default 1 */
      capacity: number;
      /** @description A time on the wall clock; 24:00 is the end of the day. */
      ends: string;
      slot_minutes: number;
      /** @default null */
      time_zone: string | null;
      /**
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      valid_from: string;
      /** @default null */
      valid_to: string | null;
      weekday: number;
    };
    /**
     * @description Every kind of notice. A kind that was once kept stays understood.
     * @enum {string}
     */
    Notice:
      | 'appointment-made'
      | 'appointment-changed'
      | 'appointment-cancelled'
      | 'reminder-day'
      | 'reminder-soon'
      | 'visit-ended'
      | 'rebooking-offer'
      | 'waitlist-offer'
      | 'refund-made';
    /**
     * @description How a notice travels.
     * @enum {string}
     */
    NoticeChannel: 'email' | 'sms';
    /** @description How a patient wants to be told. Null: as the account (language) or the hospital (zone) says. */
    NoticePreferences: {
      locale: ('zh-CN' | 'en') | null;
      reminders: boolean;
      time_zone: string | null;
      way: components['schemas']['Way'] | null;
    };
    /** @description GET /api/notice-preferences: what is wanted, and by what the patient can be reached. */
    NoticePreferencesView: {
      /** @enum {string} */
      account_locale: 'zh-CN' | 'en';
      /** @description How notices go now; empty: not at all. */
      channels: components['schemas']['NoticeChannel'][];
      email: string | null;
      hospital_time_zone: string;
      phone: string | null;
      wanted: components['schemas']['NoticePreferences'];
    };
    /**
     * @description Why the hospital calls a visit off.
     * @enum {string}
     */
    OfferReason: 'doctor-unavailable' | 'doctor-leave' | 'technical' | 'his-conflict';
    /** @description One open session of the signed-in account. */
    OpenSession: {
      /** Format: date-time */
      created_at: string;
      current: boolean;
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      idle_expires_at: string;
      /** Format: date-time */
      last_seen_at: string;
      user_agent: string;
    };
    /** @description GET /api/sessions. */
    OpenSessions: {
      sessions: components['schemas']['OpenSession'][];
    };
    /**
     * @description agrees and differs are about the person; unknown: it has no such document; unavailable: no answer.
     * @enum {string}
     */
    Opinion: 'agrees' | 'differs' | 'unknown' | 'unavailable';
    /**
     * @description POST /api/own-details: name and birth date, until a document was submitted or a doctor began a visit.
     *
     *     `patient_id` null is the own person, else a family member.
     */
    OwnDetailsEdit: {
      /** Format: date */
      birth_date: string;
      name: string;
      /** @default null */
      patient_id: string | null;
    };
    /**
     * @description GET /api/identity. `check` is null before anything was submitted; `required` is the hospital's rule.
     *
     *     A document is compared with `name` and `birth_date`. Name and number of
     *     `compared_kinds` go to `compared_by`, which the patient is told before submitting; null: to nobody.
     *     `correctable`: POST /api/own-details still takes others.
     */
    OwnIdentity: {
      /** Format: date */
      birth_date: string;
      check: components['schemas']['IdentityView'] | null;
      compared_by: components['schemas']['RegisterName'] | null;
      compared_kinds: components['schemas']['DocumentKind'][];
      correctable: boolean;
      name: string;
      required: boolean;
    };
    /** @description GET /api/leave: the doctor's own, those that are not over. */
    OwnLeaves: {
      leaves: components['schemas']['LeaveEntered'][];
    };
    /** @description POST /api/profile, by the doctor. What is not known yet is null. */
    OwnProfileEdit: {
      /** @default null */
      biography_en: string | null;
      /** @default null */
      biography_zh: string | null;
      fee_minor: number | null;
      languages: string[];
      licence_number: string | null;
      practising_since: number | null;
      specialty: components['schemas']['Specialty'] | null;
      title: string;
    };
    /** @description What the browser answered: `credential` as WebAuthn's AuthenticationResponseJSON. */
    PasskeyAnswer: {
      /** Format: uuid */
      challenge_id: string;
      credential: {
        [key: string]: unknown;
      };
    };
    /** @description What the browser is asked with: `options` as WebAuthn's ...OptionsJSON. Good once, for 5 minutes. */
    PasskeyChallenge: {
      /** Format: uuid */
      id: string;
      options: {
        [key: string]: unknown;
      };
    };
    /** @description POST /api/passkeys/challenge: the password again. */
    PasskeyPassword: {
      password: string;
    };
    /** @description GET /api/passkeys: oldest first. `available` says whether this hospital's address can have any. */
    Passkeys: {
      available: boolean;
      passkeys: components['schemas']['PasskeyView'][];
    };
    /** @description One of the own passkeys. */
    PasskeyView: {
      /** Format: date-time */
      created_at: string;
      /** Format: uuid */
      id: string;
      last_used_at: string | null;
      name: string;
    };
    /** @description GET /api/past-appointments: newest first. `next_cursor` goes on. */
    PastAppointments: {
      appointments: components['schemas']['PastAppointmentView'][];
      next_cursor: string | null;
    };
    /** @description A visit that is over. `called_off` when the hospital cancelled it and offered other times. */
    PastAppointmentView: {
      called_off: boolean;
      /** Format: uuid */
      consultation_id: string;
      consultation_state: components['schemas']['ConsultationState'];
      /** Format: date-time */
      ends_at: string;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      /** Format: uuid */
      practitioner_id: string;
      practitioner_name: string;
      practitioner_title: string;
      specialty: string;
      /** Format: date-time */
      starts_at: string;
      state: components['schemas']['AppointmentState'];
    };
    /** @description GET /api/patients: by name. `next_cursor` goes on. */
    Patients: {
      next_cursor: string | null;
      patients: components['schemas']['PatientView'][];
    };
    /** @description A patient to choose from. */
    PatientView: {
      /** Format: date */
      birth_date: string;
      /** Format: uuid */
      id: string;
      name: string;
    };
    /** @description POST /api/bookings/{id}/payment: the same payment again until it is paid or has failed. */
    PaymentStarted: {
      payment: components['schemas']['PaymentView'];
      way: components['schemas']['WayView'];
    };
    /**
     * @description created: the patient has not paid yet; processing: the patient has paid, and nothing is sure.
     * @enum {string}
     */
    PaymentState: 'created' | 'processing' | 'captured' | 'failed' | 'cancelled';
    /** @description One payment. Nothing of a card or of who paid is known. */
    PaymentView: {
      amount_minor: number;
      /** Format: uuid */
      appointment_id: string;
      captured_at: string | null;
      /** Format: date-time */
      created_at: string;
      currency: string;
      /** Format: uuid */
      id: string;
      provider: components['schemas']['ProviderName'];
      /** @description Asked back, done or not. */
      refunded_minor: number;
      state: components['schemas']['PaymentState'];
    };
    /** @description GET /api/practitioners. */
    Practitioners: {
      practitioners: components['schemas']['PractitionerView'][];
    };
    /** @description A doctor to choose from. */
    PractitionerView: {
      /** Format: uuid */
      id: string;
      name: string;
      specialty: string;
      title: string;
    };
    /** @description The privacy notice in force: the first paragraph is its title; `digest` is the hex SHA-256 of all. */
    PrivacyNoticeView: {
      digest: string;
      /** @enum {string} */
      locale: 'zh-CN' | 'en';
      paragraphs: string[];
      version: string;
    };
    /**
     * @description RFC 9457 problem+json. `code` is stable, `fields` names wrong fields, `log_id` is for support.
     *
     *     `count` and `limit` say how many things were asked for, where that was too many; `alternatives` are free
     *     slots where the chosen one is gone. A member without a value is left out.
     */
    Problem: {
      /** @default null */
      alternatives: components['schemas']['AlternativeSlot'][] | null;
      code: components['schemas']['Code'];
      /** @default null */
      count: number | null;
      detail: string;
      /** @default null */
      fields: {
        [key: string]: components['schemas']['FieldFault'];
      } | null;
      /** @default null */
      limit: number | null;
      /** @default null */
      log_id: string | null;
      /** @default null */
      retry_after_s: number | null;
      status: number;
      title: string;
      /** @default about:blank */
      type: string;
    };
    /** @description POST /api/doctor-profiles/{id}, by the administration, which also files the institution's consent. */
    ProfileEdit: {
      /** @default null */
      biography_en: string | null;
      /** @default null */
      biography_zh: string | null;
      consent_on_file: boolean;
      fee_minor: number | null;
      languages: string[];
      licence_number: string | null;
      practising_since: number | null;
      specialty: components['schemas']['Specialty'] | null;
      title: string;
    };
    /** @description GET /api/doctor-profiles: those that wait for a decision first. `next_cursor` goes on. */
    Profiles: {
      next_cursor: string | null;
      profiles: components['schemas']['ProfileView'][];
    };
    /**
     * @description Only approved doctors are shown to the public and booked.
     * @enum {string}
     */
    ProfileState: 'draft' | 'submitted' | 'approved' | 'returned' | 'suspended';
    /** @description A doctor's profile. `missing` is what approval still asks, by field; `reason` why it came back. */
    ProfileView: {
      biography_en: string | null;
      biography_zh: string | null;
      consent_on_file: boolean;
      currency: string;
      decided_at: string | null;
      fee_minor: number | null;
      languages: string[];
      licence_number: string | null;
      missing: {
        [key: string]: components['schemas']['FieldFault'];
      };
      name: string;
      practising_since: number | null;
      /** Format: uuid */
      practitioner_id: string;
      reason: string | null;
      specialty: components['schemas']['Specialty'] | null;
      state: components['schemas']['ProfileState'];
      submitted_at: string | null;
      title: string;
    };
    /**
     * @description Who takes the money. demo takes none and is refused outside a demo hospital.
     * @enum {string}
     */
    ProviderName: 'demo' | 'stripe' | 'wechat' | 'alipay';
    /** @description POST /api/rebooking-offers/{id}/accept: the slot to have instead. */
    RebookingChoice: {
      /** Format: uuid */
      practitioner_id: string;
      /** Format: date-time */
      starts_at: string;
    };
    /** @description GET /api/rebooking-offers: those that are open, the earliest visit first. */
    RebookingOffers: {
      offers: components['schemas']['RebookingOfferView'][];
    };
    /**
     * @description A visit that the hospital called off. Until `ends_at` its patient chooses another time or the fee.
     *
     *     `alternatives` are free at this moment and cost nothing more; any free slot of the same doctor may be
     *     chosen. `fee_minor` of `currency` goes back when nothing is chosen.
     */
    RebookingOfferView: {
      alternatives: components['schemas']['AlternativeSlot'][];
      /** Format: uuid */
      appointment_id: string;
      currency: string | null;
      /** Format: date-time */
      ends_at: string;
      fee_minor: number | null;
      /** Format: uuid */
      id: string;
      patient_name: string;
      /** Format: uuid */
      practitioner_id: string;
      practitioner_name: string;
      practitioner_title: string;
      specialty: string;
      /** Format: date-time */
      starts_at: string;
      why: components['schemas']['OfferReason'];
    };
    /** @description GET /api/payments: the patient's own and the family's, the newest first. */
    Receipts: {
      receipts: components['schemas']['ReceiptView'][];
    };
    /** @description One payment with all that became of it, and the visit that it was for. */
    ReceiptView: {
      decision: components['schemas']['DecisionView'] | null;
      patient_name: string;
      payment: components['schemas']['PaymentView'];
      practitioner_name: string;
      refunds: components['schemas']['RefundView'][];
      /** Format: date-time */
      starts_at: string;
    };
    /** @description The latest comparison of a day with the provider's list. */
    ReconciliationView: {
      /** Format: date-time */
      at: string;
      /** Format: date */
      day: string;
      differences: components['schemas']['DifferenceView'][];
      ours: number;
      provider: components['schemas']['ProviderName'];
      theirs: number;
    };
    /** @description GET /api/archive/consultations/{id}: the whole timeline, the conversation's and then its addendum's. */
    Record: {
      consultation: components['schemas']['ConsultationFound'];
      destruction: components['schemas']['DestructionNoteView'] | null;
      entries: components['schemas']['ArchivedEntry'][];
    };
    /** @description What is known of a record before it is opened: closed, all in the log, texts destroyed, held. */
    RecordMarksView: {
      closed: boolean;
      destroyed: boolean;
      on_hold: boolean;
      sealed: boolean;
    };
    /**
     * @description GET /api/archive/consultations/{id}/proof. `checkpoint` is a signed note (C2SP tlog-checkpoint).
     *
     *     The keys are as this server says them: whoever wants to be sure has got them elsewhere.
     */
    RecordProof: {
      checkpoint: string;
      entries: components['schemas']['EntryProof'][];
      log_key: string;
      witness_keys: string[];
    };
    /** @description POST /api/session/second-factor/recovery-codes: new ones, shown this once; the old ones are void. */
    RecoveryCodes: {
      recovery_codes: string[];
    };
    /** @description One red-flag question in both languages, and what to do at once when the answer is yes. */
    RedFlag: {
      en: string;
      en_advice: string;
      id: string;
      zh: string;
      zh_advice: string;
    };
    /** @description GET /api/red-flags: what is asked before booking, and again before the waiting room. */
    RedFlagQuestions: {
      questions: components['schemas']['RedFlag'][];
      version: string;
    };
    /**
     * @description Why money goes back. Shown to the patient and to the staff, in words of the page.
     * @enum {string}
     */
    RefundReason:
      | 'cancelled-by-patient'
      | 'cancelled-by-hospital'
      | 'late-payment'
      | 'second-payment'
      | 'doctor-absent'
      | 'call-too-short'
      | 'patient-absent'
      | 'not-suitable'
      | 'staff'
      | 'visit-held';
    /**
     * @description requested: a job brings it to the provider; sent: the provider works on it; then done, or refused.
     *
     *     What was done can fail later, when the patient's bank does not take it: the money is back here then.
     * @enum {string}
     */
    RefundState: 'requested' | 'sent' | 'done' | 'failed';
    /** @description Money on its way back. `problem` is the provider's word for a refusal. */
    RefundView: {
      amount_minor: number;
      currency: string;
      done_at: string | null;
      /** Format: uuid */
      id: string;
      problem: string | null;
      reason: components['schemas']['RefundReason'];
      /** Format: date-time */
      requested_at: string;
      state: components['schemas']['RefundState'];
    };
    /**
     * @description Who can be asked whether a name belongs to a document's number.
     * @enum {string}
     */
    RegisterName: 'demo' | 'tencent';
    /**
     * @description What the account's holder is to the patient (FHIR RelatedPerson.relationship).
     * @enum {string}
     */
    Relationship: 'parent' | 'guardian' | 'spouse' | 'child' | 'sibling' | 'other';
    /** @description GET /api/retention/requests/{id}. */
    RequestDetail: {
      records: components['schemas']['RequestedRecord'][];
      request: components['schemas']['DestructionRequestView'];
    };
    /** @description One record of a request. `spared` says why it was taken out, `register_seq` that it is destroyed. */
    RequestedRecord: {
      /** Format: uuid */
      consultation_id: string;
      /** Format: date-time */
      due_at: string;
      ended_at: string | null;
      patient_name: string;
      practitioner_name: string;
      register_seq: number | null;
      rule: components['schemas']['RetentionRule'];
      /** Format: date-time */
      scheduled_start: string;
      spared: components['schemas']['Hindrance'] | null;
    };
    /**
     * @description The rule that a term follows from.
     * @enum {string}
     */
    RetentionRule: 'RET-1' | 'RET-2' | 'RET-3';
    /** @description The hospital's terms and limits. A record is kept for the longest of its terms. */
    RetentionTerms: {
      account_days: number;
      /** @description From the consultation's end (RET-2, RET-3). */
      end_years: number;
      key_backup_days: number;
      records_per_request: number;
      request_hours: number;
      /** @description From the patient's last visit (RET-1). */
      visit_years: number;
    };
    /**
     * @description What a reviewer found in a sampled record: nothing, or what the note says.
     * @enum {string}
     */
    ReviewFinding: 'none' | 'note';
    /**
     * @description What an account is here for. One account has one role; a guest has none and is invited to a visit.
     * @enum {string}
     */
    Role: 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin' | 'guest';
    /** @description What was said is in the record, durable. */
    SafetyKept: {
      /** Format: date-time */
      recorded_at: string;
      seq: number;
    };
    /** @description GET /api/consultations/{id}/safety: what is asked, and what the patient said so far. */
    SafetyView: {
      answered_at: string | null;
      /** @description Whether an earlier diagnosis was stated, where DIAGNOSIS_REQUIRED asks for it. */
      diagnosis: components['schemas']['DiagnosisStatement'];
      /** @description The ids answered with yes; null before any answer. */
      flags: string[] | null;
      /** @description Whether a child's guardian agreed to take part in this visit. */
      guardian: components['schemas']['GuardianConsent'];
      located_at: string | null;
      /** @description This visit's once confirmed, before that the last one's. */
      location: components['schemas']['LocationView'] | null;
      questions: components['schemas']['RedFlag'][];
      version: string;
    };
    /** @description One consultation of a sample, in the order of drawing. */
    SampledConsultation: {
      /** Format: uuid */
      consultation_id: string;
      patient_name: string;
      place: number;
      practitioner_name: string;
      review: components['schemas']['SampleReview'] | null;
      /** Format: date-time */
      scheduled_start: string;
      state: components['schemas']['ConsultationState'];
    };
    /** @description GET /api/archive/samples/{id}/population: the ids that a draw repeated today starts from, sorted. */
    SamplePopulation: {
      consultation_ids: string[];
    };
    /** @description The last review of a sampled record. */
    SampleReview: {
      by_name: string;
      finding: components['schemas']['ReviewFinding'];
      note: string | null;
      /** Format: date-time */
      reviewed_at: string;
    };
    /** @description GET /api/archive/samples?cursor=: newest first. */
    Samples: {
      next_cursor: string | null;
      samples: components['schemas']['SampleSummary'][];
    };
    /** @description A sample as it was drawn, and how far its review is. docs/archive-sampling.md says how to repeat it. */
    SampleSummary: {
      by_name: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date */
      first_day: string;
      /** Format: uuid */
      id: string;
      /** Format: date */
      last_day: string;
      noted: number;
      population: number;
      population_sha256: string;
      practitioner_id: string | null;
      practitioner_name: string | null;
      reviewed: number;
      seed: string;
      size: number;
      specialty: string | null;
      wanted: number;
    };
    /** @description GET /api/archive/samples/{id}. `same_population`: a draw repeated today would give the same. */
    SampleView: {
      consultations: components['schemas']['SampledConsultation'][];
      population_now: number;
      same_population: boolean;
      sample: components['schemas']['SampleSummary'];
    };
    /** @description GET /api/doctor-profiles/{id}/schedule. `his_connected`: the HIS can be asked for slots. */
    ScheduleView: {
      exceptions: components['schemas']['ExceptionView'][];
      his_connected: boolean;
      hours: components['schemas']['WeeklyHours'][];
      leaves: components['schemas']['LeaveView'][];
      slots: components['schemas']['SlotOwnership'];
    };
    /**
     * @description starting: nothing is known yet; waiting: something that passes keeps it; stopped: a person has to
     *     look.
     * @enum {string}
     */
    SealingState: 'starting' | 'sealing' | 'waiting' | 'stopped';
    /**
     * @description running until every conversation was searched; expired when what it found is gone.
     * @enum {string}
     */
    SearchState: 'running' | 'done' | 'cancelled' | 'failed' | 'expired';
    /** @description A code of the app as it was typed, or a recovery code. */
    SecondFactorCode: {
      code: string;
    };
    /** @description The session, open now, and the recovery codes, shown this once. */
    SecondFactorConfirmed: {
      recovery_codes: string[];
      session: components['schemas']['SessionView'];
    };
    /** @description What an authenticator app needs: `secret` to type, `uri` as text, `qr` as rows of 0 and 1 (dark). */
    SecondFactorSecret: {
      qr: string[];
      secret: string;
      uri: string;
    };
    /**
     * @description GET /api/session/second-factor: how the own second factor stands.
     *
     *     `demo_code` is the present code, in demo alone.
     */
    SecondFactorView: {
      confirmed: boolean;
      demo_code: string | null;
      passkeys: number;
      recovery_codes_left: number;
    };
    /** @description When the session's owner proved who it is. */
    SessionProof: {
      /** Format: date-time */
      proved_at: string;
    };
    /**
     * @description How far its owner has come: signed in, or only past the password.
     * @enum {string}
     */
    SessionState: 'open' | 'second-factor-pending';
    /**
     * @description GET and POST /api/session: who is signed in. Send csrf_token as X-CSRF-Token with every write.
     *
     *     While `state` is second-factor-pending, only a password was given: see /api/session/second-factor.
     */
    SessionView: {
      account: components['schemas']['AccountView'];
      csrf_token: string;
      /** Format: date-time */
      expires_at: string;
      state: components['schemas']['SessionState'];
    };
    /** @description What the provider sent back in the address: `state`, `code`, and `iss` where it says who it is. */
    SignOnAnswer: {
      code: string;
      /** @default null */
      iss: string | null;
      state: string;
    };
    /** @description POST /api/session/single-sign-on: where the browser goes. It comes back to /sign-in/return. */
    SignOnBegun: {
      url: string;
    };
    /**
     * @description Who decides about a doctor's slots: we, or the HIS.
     * @enum {string}
     */
    SlotOwner: 'ours' | 'his';
    /**
     * @description Who owns a doctor's slots: we, or the hospital's own system (HIS).
     *
     *     Of slots of the HIS, `quota_a_day` seats of each day are booked without asking; of our own it is 0.
     */
    SlotOwnership: {
      owner: components['schemas']['SlotOwner'];
      /** @default 0 */
      quota_a_day: number;
    };
    /** @description A time in which a visit can begin, [starts_at, ends_at), with `free` places left. */
    SlotView: {
      /** Format: date-time */
      ends_at: string;
      free: number;
      /** Format: date-time */
      starts_at: string;
    };
    /** @description GET /api/specialties: specialties and languages to choose from. */
    Specialties: {
      languages: string[];
      specialties: components['schemas']['SpecialtyView'][];
    };
    /**
     * @description The specialties of the hospital's directory, by stable codes.
     * @enum {string}
     */
    Specialty:
      | 'general'
      | 'cardiology'
      | 'respiratory'
      | 'dermatology'
      | 'gastroenterology'
      | 'endocrinology'
      | 'neurology'
      | 'nephrology'
      | 'rheumatology'
      | 'haematology'
      | 'oncology'
      | 'infectious'
      | 'paediatrics'
      | 'obstetrics'
      | 'orthopaedics'
      | 'urology'
      | 'ophthalmology'
      | 'ent'
      | 'stomatology'
      | 'psychiatry'
      | 'rehabilitation'
      | 'chinese_medicine';
    /** @description A specialty: its stable code, and what it is called by language tag. */
    SpecialtyView: {
      code: components['schemas']['Specialty'];
      words: {
        [key: string]: string;
      };
    };
    /** @description How many there were, and their amount. */
    SumView: {
      amount_minor: number;
      count: number;
      currency: string;
    };
    /**
     * @description GET /api/bookings/{id}/terms: what changing the visit means at this moment.
     *
     *     `back_minor` of `paid_minor` comes back on cancelling now; `currency` is null where nothing was paid. All
     *     of it does until `free_until`, `late_percent` of it from then on, and none from the visit's beginning on.
     */
    TermsView: {
      back_minor: number;
      can_move: boolean;
      currency: string | null;
      /** Format: date-time */
      free_until: string;
      late_percent: number;
      /** Format: date-time */
      move_until: string;
      paid_minor: number;
      step: components['schemas']['CancelStep'];
    };
    /** @description A piece of a text; `found` marks the word itself. */
    TextPart: {
      found: boolean;
      text: string;
    };
    /** @description What took the code's place: send it with the rest of the form within 30 minutes. */
    TicketView: {
      ticket: string;
    };
    /** @description GET /api/till?from=&to=: payments begun in these days, and what moved in them. */
    TillView: {
      balances: components['schemas']['BalanceView'][];
      captured: components['schemas']['SumView'][];
      /** Format: date */
      first_day: string;
      /** Format: date */
      last_day: string;
      more: boolean;
      receipts: components['schemas']['ReceiptView'][];
      reconciliations: components['schemas']['ReconciliationView'][];
      refunded: components['schemas']['SumView'][];
      /** @description Payments of any day with a refused refund, which waits for the staff. */
      refused: components['schemas']['ReceiptView'][];
    };
    /** @description GET /api/patient-links: at most 100, those to decide first. `his_connected`: the HIS can be asked. */
    UnlinkedPatients: {
      his_connected: boolean;
      patients: components['schemas']['UnlinkedPatientView'][];
    };
    /** @description A verified patient without a link. `check_id` is the identity check that it is looked for by. */
    UnlinkedPatientView: {
      /** Format: date */
      birth_date: string;
      /** Format: uuid */
      check_id: string;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      state: components['schemas']['LinkState'];
      /** Format: date-time */
      verified_at: string;
    };
    /** @description GET /api/archive/consultations/{id}/verification: the chain, checked now by the server. */
    VerificationView: {
      /** Format: date-time */
      checked_at: string;
      entries: number;
      findings: components['schemas']['Finding'][];
      last_hash: string | null;
      /** @enum {string} */
      verdict: 'intact' | 'broken';
    };
    /** @description GET /api/consultations/{id}/guest. `at` is the hospital's time, for counting what is left. */
    VisitInvitation: {
      /** Format: date-time */
      at: string;
      invitation: components['schemas']['InvitationView'] | null;
    };
    /**
     * @description GET /api/consultations/{id}/patient: who the patient is, for the doctor of the visit.
     *
     *     `gender` null: nobody asked yet. `verified`: the staff has seen a document of the name.
     */
    VisitPatientView: {
      /** Format: date */
      birth_date: string;
      diagnosis: components['schemas']['DiagnosisView'];
      /** @description The newest first, at most 20. */
      earlier: components['schemas']['EarlierVisitView'][];
      gender: components['schemas']['Gender'] | null;
      name: string;
      /** Format: uuid */
      patient_id: string;
      verified: boolean;
    };
    /** @description How many booked visits it would call off, each with an offer to its patient. */
    VisitsWithin: {
      booked: number;
    };
    /** @description GET /api/waitlist: where the patient waits. */
    Waitlist: {
      entries: components['schemas']['WaitlistEntryView'][];
    };
    /**
     * @description A place in a doctor's waitlist. While a slot is offered, `appointment_id` is the hold that keeps it.
     *
     *     It is kept until `held_until`: pay it or book it as any hold, or give it up to decline.
     */
    WaitlistEntryView: {
      appointment_id: string | null;
      /** Format: date-time */
      begins_at: string;
      currency: string | null;
      /** Format: date-time */
      ends_at: string;
      fee_minor: number | null;
      held_until: string | null;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      patient_id: string;
      patient_name: string;
      /** Format: uuid */
      practitioner_id: string;
      practitioner_name: string;
      practitioner_title: string;
      specialty: string;
      starts_at: string | null;
      state: components['schemas']['WaitlistState'];
    };
    /**
     * @description waiting; offered while a slot is kept for the patient; booked, left, or over (its last day went by).
     * @enum {string}
     */
    WaitlistState: 'waiting' | 'offered' | 'booked' | 'left' | 'over';
    /**
     * @description How a person wants to be told. Where the chosen way leads nowhere, the other one is taken.
     * @enum {string}
     */
    Way: 'email' | 'sms' | 'both';
    /**
     * @description How a patient pays: on the demo's page, on the provider's, by a code, in the provider's form.
     * @enum {string}
     */
    WayKind: 'demo' | 'redirect' | 'qr' | 'form';
    /** @description How to pay: on the demo's page, at `address`, by scanning `image`, or in the provider's form. */
    WayView: {
      /** @description Where to go, or what the code says. */
      address: string | null;
      /**
       * Format: date-time
       * @description Until when it can be paid.
       */
      ends_at: string;
      /** @description The code to scan, as a data URI. */
      image: string | null;
      kind: components['schemas']['WayKind'];
      public_key: string | null;
      /** @description The provider's own script that draws its form. */
      script: string | null;
      /** @description Opens the provider's form for this payment alone. */
      secret: string | null;
    };
    /** @description Weekly hours as kept. */
    WeeklyHours: {
      begins: string;
      capacity: number;
      ends: string;
      /** Format: uuid */
      id: string;
      slot_minutes: number;
      time_zone: string;
      /** Format: date */
      valid_from: string;
      valid_to: string | null;
      weekday: number;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
