// Generated; do not edit. Source: schema/openapi.json

export interface paths {
  '/api/accounts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All accounts
     * @description For roles: admin.
     */
    get: operations['list_accounts'];
    put?: never;
    /**
     * Create an account
     * @description For roles: admin.
     */
    post: operations['create_account'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/accounts/{id}/disable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Disable an account and end its sessions
     * @description For roles: admin.
     */
    post: operations['disable_account'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/accounts/{id}/enable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Enable an account again
     * @description For roles: admin.
     */
    post: operations['enable_account'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/appointments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Appointments: own ones of patients and doctors, all for the administration
     * @description For roles: admin, doctor, patient.
     */
    get: operations['list_appointments'];
    put?: never;
    /**
     * Make an appointment
     * @description For roles: admin.
     */
    post: operations['create_appointment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/appointments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One appointment
     * @description For roles: admin, doctor, patient.
     */
    get: operations['read_appointment'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/appointments/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel an appointment that has not begun
     * @description For roles: admin.
     */
    post: operations['cancel_appointment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/consultations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Find consultations, newest first
     * @description For roles: auditor.
     */
    get: operations['search_archive'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/consultations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A consultation's whole timeline as kept
     * @description For roles: auditor.
     */
    get: operations['read_record'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/consultations/{id}/verification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Check a consultation's chain now
     * @description For roles: auditor.
     */
    get: operations['verify_record'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The audit trail, newest first
     * @description For roles: admin, auditor.
     */
    get: operations['read_audit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/figures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Today in figures
     * @description For roles: admin.
     */
    get: operations['read_figures'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/hospital': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What anyone may know of the hospital
     * @description For anyone.
     */
    get: operations['read_hospital'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Background jobs that gave up
     * @description For roles: admin.
     */
    get: operations['list_jobs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/jobs/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run a dead job again
     * @description For roles: admin.
     */
    post: operations['retry_job'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * This document
     * @description For anyone.
     */
    get: operations['read_openapi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/patients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Patients to choose from
     * @description For roles: admin.
     */
    get: operations['list_patients'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/practitioners': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Doctors to choose from
     * @description For roles: admin, auditor.
     */
    get: operations['list_practitioners'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who is signed in
     * @description For everyone who is signed in.
     */
    get: operations['read_session'];
    put?: never;
    /**
     * Sign in
     * @description For anyone.
     */
    post: operations['sign_in'];
    /**
     * Sign out
     * @description For everyone who is signed in.
     */
    delete: operations['sign_out'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Own open sessions
     * @description For everyone who is signed in.
     */
    get: operations['list_sessions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End one of the own sessions
     * @description For everyone who is signed in.
     */
    delete: operations['revoke_session'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Ready: the database answers
     * @description For anyone.
     */
    get: operations['health'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * Accounts
     * @description GET /api/accounts.
     */
    Accounts: {
      /** Accounts */
      accounts: components['schemas']['AccountView'][];
    };
    /**
     * AccountView
     * @description An account without its secrets.
     */
    AccountView: {
      /** Demo */
      demo: boolean;
      /** Disabled At */
      disabled_at: string | null;
      /** Display Name */
      display_name: string;
      /** Email */
      email: string | null;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /**
       * Locale
       * @enum {string}
       */
      locale: 'zh-CN' | 'en';
      /** Login */
      login: string;
      role: components['schemas']['Role'];
    };
    /**
     * Appointments
     * @description GET /api/appointments?from=&to=: own ones; all for the administration.
     */
    Appointments: {
      /** Appointments */
      appointments: components['schemas']['AppointmentView'][];
    };
    /**
     * AppointmentState
     * @description booked until the visit begins; then fulfilled, or cancelled before.
     * @enum {string}
     */
    AppointmentState: 'booked' | 'fulfilled' | 'cancelled';
    /**
     * AppointmentView
     * @description One appointment and the state of its consultation.
     */
    AppointmentView: {
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      consultation_state: components['schemas']['ConsultationState'];
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      /** Patient Name */
      patient_name: string;
      /**
       * Practitioner Id
       * Format: uuid
       */
      practitioner_id: string;
      /** Practitioner Name */
      practitioner_name: string;
      /** Practitioner Title */
      practitioner_title: string;
      /** Specialty */
      specialty: string;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
      state: components['schemas']['AppointmentState'];
    };
    /**
     * ArchivedEntry
     * @description One entry exactly as kept, with what its hash is made of (docs/archive-format.md).
     *
     *     `body` is the kept JSON, whose RFC 8785 form was committed to. It is null with `destroyed` when its key
     *     was lawfully destroyed, and with `damaged` when what is kept of it cannot be read. `salt` is base64, null
     *     without the key; `commitment` and `entry_hash` are hexadecimal.
     */
    ArchivedEntry: {
      /** Author */
      author: string;
      /** Author Id */
      author_id: string | null;
      /** Author Name */
      author_name: string | null;
      author_role: components['schemas']['Role'] | null;
      /** Body */
      body: {
        [key: string]: string | number | boolean | null;
      } | null;
      /** Commitment */
      commitment: string;
      /**
       * Conversation Id
       * Format: uuid
       */
      conversation_id: string;
      /** Damaged */
      damaged: boolean;
      /** Destroyed */
      destroyed: boolean;
      /** Entry Hash */
      entry_hash: string;
      /** Kind */
      kind: components['schemas']['EntryKind'] | string;
      /**
       * Message Id
       * Format: uuid
       */
      message_id: string;
      /**
       * Recorded At
       * Format: date-time
       */
      recorded_at: string;
      /** Salt */
      salt: string | null;
      /** Seq */
      seq: number;
    };
    /**
     * AuditLine
     * @description One line of the audit trail.
     */
    AuditLine: {
      /** Action */
      action: string;
      /** Actor Id */
      actor_id: string | null;
      /** Actor Name */
      actor_name: string | null;
      actor_role: components['schemas']['Role'] | null;
      /**
       * At
       * Format: date-time
       */
      at: string;
      /** Id */
      id: number;
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'done' | 'refused';
      /** Patient Id */
      patient_id: string | null;
      /** Subject Id */
      subject_id: string | null;
      /** Subject Type */
      subject_type: string | null;
    };
    /**
     * AuditLines
     * @description GET /api/audit?before=&limit=&patient_id=: newest first.
     */
    AuditLines: {
      /** Lines */
      lines: components['schemas']['AuditLine'][];
      /** Next Before */
      next_before: number | null;
    };
    /**
     * Code
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
      | 'auth.wrong_password'
      | 'auth.forbidden'
      | 'not_found'
      | 'method_not_allowed'
      | 'rate.limited'
      | 'consultation.wrong_state'
      | 'consultation.too_early'
      | 'consultation.too_late'
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
      | 'signal.bad_candidate'
      | 'event.unknown'
      | 'job.wrong_state'
      | 'archive.not_sealed_yet'
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
      | 'archive.search_wrong_state'
      | 'archive.searches_running'
      | 'partner.down'
      | 'internal';
    /**
     * ConsultationFound
     * @description One consultation in the auditor's list.
     */
    ConsultationFound: {
      /** Admitted At */
      admitted_at: string | null;
      /**
       * Appointment Id
       * Format: uuid
       */
      appointment_id: string;
      /** Ended At */
      ended_at: string | null;
      /** Entries */
      entries: number;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Patient Name */
      patient_name: string;
      /** Practitioner Name */
      practitioner_name: string;
      /**
       * Scheduled Start
       * Format: date-time
       */
      scheduled_start: string;
      state: components['schemas']['ConsultationState'];
    };
    /**
     * ConsultationsFound
     * @description GET /api/archive/consultations?patient=&practitioner=&from=&to=&cursor=. `next_cursor` goes on.
     */
    ConsultationsFound: {
      /** Consultations */
      consultations: components['schemas']['ConsultationFound'][];
      /** Next Cursor */
      next_cursor: string | null;
    };
    /**
     * ConsultationState
     * @description planned: nobody came yet; arrived: the patient waits; then the call; then over.
     * @enum {string}
     */
    ConsultationState: 'planned' | 'arrived' | 'in-progress' | 'finished' | 'cancelled';
    /**
     * Credentials
     * @description POST /api/session.
     */
    Credentials: {
      /** Login */
      login: string;
      /** Password */
      password: string;
    };
    /**
     * DeadJob
     * @description A background job that gave up.
     */
    DeadJob: {
      /** Args */
      args: {
        [key: string]: string;
      };
      /** Attempts */
      attempts: number;
      /** Enqueued At */
      enqueued_at: string | null;
      /** Id */
      id: number;
      /** Last Error */
      last_error: string | null;
      /** Name */
      name: string;
    };
    /**
     * DeadJobs
     * @description GET /api/jobs?state=dead.
     */
    DeadJobs: {
      /** Jobs */
      jobs: components['schemas']['DeadJob'][];
    };
    /**
     * DemoLogin
     * @description One login of the demo hospital; only ever listed in demo.
     */
    DemoLogin: {
      /** Display Name */
      display_name: string;
      /** Login */
      login: string;
      /** Password */
      password: string;
      role: components['schemas']['Role'];
    };
    /**
     * EntryKind
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
      | 'destroyed'
      | 'closed';
    /**
     * FieldFault
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
      | 'not_expected'
      | 'invalid';
    /**
     * Figures
     * @description GET /api/figures: the administration's page, today in the hospital's time zone.
     */
    Figures: {
      /** Appointments */
      appointments: number;
      /** Finished */
      finished: number;
      /** In Progress */
      in_progress: number;
      /** Jobs Dead */
      jobs_dead: number;
      /** Jobs Waiting */
      jobs_waiting: number;
      /** Wait Minutes Median */
      wait_minutes_median: number | null;
      /** Waiting */
      waiting: number;
    };
    /**
     * Finding
     * @description One thing that is wrong, and where. `seq` is null when it concerns the whole conversation.
     *
     *     `conversation_id` is the consultation's, or its addendum's.
     */
    Finding: {
      /**
       * Conversation Id
       * Format: uuid
       */
      conversation_id: string;
      /** Kind */
      kind: string;
      /** Message */
      message: string;
      /** Seq */
      seq: number | null;
    };
    /**
     * Health
     * @description GET /healthz.
     */
    Health: {
      /**
       * Status
       * @constant
       */
      status: 'ok';
      /** Version */
      version: string;
    };
    /**
     * HospitalView
     * @description What anyone may know: GET /api/hospital.
     */
    HospitalView: {
      /**
       * Default Locale
       * @enum {string}
       */
      default_locale: 'zh-CN' | 'en';
      /** Demo */
      demo: boolean;
      /** Demo Logins */
      demo_logins: components['schemas']['DemoLogin'][];
      /** Emergency Number */
      emergency_number: string;
      /** Name */
      name: string;
      /** Time Zone */
      time_zone: string;
    };
    /**
     * NewAccount
     * @description POST /api/accounts. Patients need a birth date; doctors and pharmacists a title and a specialty.
     */
    NewAccount: {
      /**
       * Birth Date
       * @default null
       */
      birth_date: string | null;
      /** Display Name */
      display_name: string;
      /**
       * Email
       * @default null
       */
      email: string | null;
      /**
       * Locale
       * @default zh-CN
       * @enum {string}
       */
      locale: 'zh-CN' | 'en';
      /** Login */
      login: string;
      /** Password */
      password: string;
      role: components['schemas']['Role'];
      /**
       * Specialty
       * @default null
       */
      specialty: string | null;
      /**
       * Title
       * @default null
       */
      title: string | null;
    };
    /**
     * NewAppointment
     * @description POST /api/appointments, by the administration.
     */
    NewAppointment: {
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      /**
       * Practitioner Id
       * Format: uuid
       */
      practitioner_id: string;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
    };
    /**
     * OpenSession
     * @description One open session of the signed-in account.
     */
    OpenSession: {
      /**
       * Created At
       * Format: date-time
       */
      created_at: string;
      /** Current */
      current: boolean;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /**
       * Idle Expires At
       * Format: date-time
       */
      idle_expires_at: string;
      /**
       * Last Seen At
       * Format: date-time
       */
      last_seen_at: string;
      /** User Agent */
      user_agent: string;
    };
    /**
     * OpenSessions
     * @description GET /api/sessions.
     */
    OpenSessions: {
      /** Sessions */
      sessions: components['schemas']['OpenSession'][];
    };
    /**
     * Patients
     * @description GET /api/patients.
     */
    Patients: {
      /** Patients */
      patients: components['schemas']['PatientView'][];
    };
    /**
     * PatientView
     * @description A patient to choose from.
     */
    PatientView: {
      /**
       * Birth Date
       * Format: date
       */
      birth_date: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Name */
      name: string;
    };
    /**
     * Practitioners
     * @description GET /api/practitioners.
     */
    Practitioners: {
      /** Practitioners */
      practitioners: components['schemas']['PractitionerView'][];
    };
    /**
     * PractitionerView
     * @description A doctor to choose from.
     */
    PractitionerView: {
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Name */
      name: string;
      /** Specialty */
      specialty: string;
      /** Title */
      title: string;
    };
    /**
     * Problem
     * @description RFC 9457 problem+json. `code` is stable, `fields` names wrong fields, `log_id` is for support.
     *
     *     `count` and `limit` say how many things were asked for, where that was too many. A member without a value
     *     is left out.
     */
    Problem: {
      code: components['schemas']['Code'];
      /**
       * Count
       * @default null
       */
      count: number | null;
      /** Detail */
      detail: string;
      /**
       * Fields
       * @default null
       */
      fields: {
        [key: string]: components['schemas']['FieldFault'];
      } | null;
      /**
       * Limit
       * @default null
       */
      limit: number | null;
      /**
       * Log Id
       * @default null
       */
      log_id: string | null;
      /**
       * Retry After S
       * @default null
       */
      retry_after_s: number | null;
      /** Status */
      status: number;
      /** Title */
      title: string;
      /**
       * Type
       * @default about:blank
       */
      type: string;
    };
    /**
     * Record
     * @description GET /api/archive/consultations/{id}: the whole timeline, the conversation's and then its addendum's.
     */
    Record: {
      consultation: components['schemas']['ConsultationFound'];
      /** Entries */
      entries: components['schemas']['ArchivedEntry'][];
    };
    /**
     * Role
     * @description What an account is here for. One account has one role.
     * @enum {string}
     */
    Role: 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin';
    /**
     * SessionView
     * @description GET and POST /api/session: who is signed in. Send csrf_token as X-CSRF-Token with every write.
     */
    SessionView: {
      account: components['schemas']['AccountView'];
      /** Csrf Token */
      csrf_token: string;
      /**
       * Expires At
       * Format: date-time
       */
      expires_at: string;
    };
    /**
     * VerificationView
     * @description GET /api/archive/consultations/{id}/verification: the chain, checked now by the server.
     */
    VerificationView: {
      /**
       * Checked At
       * Format: date-time
       */
      checked_at: string;
      /** Entries */
      entries: number;
      /** Findings */
      findings: components['schemas']['Finding'][];
      /** Last Hash */
      last_hash: string | null;
      /**
       * Verdict
       * @enum {string}
       */
      verdict: 'intact' | 'broken';
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  list_accounts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Accounts'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  create_account: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewAccount'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountView'];
        };
      };
      /** @description input.not_json */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.forbidden, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description account.login_taken */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.throttled */
      429: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  disable_account: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.forbidden, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  enable_account: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.forbidden, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  list_appointments: {
    parameters: {
      query?: {
        from?: string;
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Appointments'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  create_appointment: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewAppointment'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppointmentView'];
        };
      };
      /** @description input.not_json */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.forbidden, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description appointment.overlap */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  read_appointment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppointmentView'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  cancel_appointment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.forbidden, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description appointment.wrong_state, consultation.wrong_state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  search_archive: {
    parameters: {
      query?: {
        cursor?: string;
        from?: string;
        limit?: number;
        patient?: string;
        practitioner_id?: string;
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsultationsFound'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  read_record: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Record'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  verify_record: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VerificationView'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  read_audit: {
    parameters: {
      query?: {
        before?: number;
        limit?: number;
        patient_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditLines'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  read_figures: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Figures'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  read_hospital: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HospitalView'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  list_jobs: {
    parameters: {
      query?: {
        state?: 'dead';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadJobs'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retry_job: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.forbidden, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description job.wrong_state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  read_openapi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  list_patients: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Patients'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  list_practitioners: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Practitioners'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  read_session: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  sign_in: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Credentials'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionView'];
        };
      };
      /** @description input.not_json */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.invalid_credentials */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.throttled */
      429: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  sign_out: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  list_sessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpenSessions'];
        };
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revoke_session: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description auth.required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  health: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description partner.down */
      503: {
        headers: {
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
