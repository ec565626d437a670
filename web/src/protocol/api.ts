// Generated; do not edit. Source: schema/openapi.json

export interface paths {
  '/api/accesses': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who else used the patient's own data, when, how and why, newest first
     * @description For roles: patient.
     */
    get: operations['list_accesses'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/accounts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Accounts, by login
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
  '/api/appointments/{id}/calendar': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An appointment for the own calendar (RFC 5545); of a cancelled one what takes it away
     * @description For roles: admin, doctor, patient.
     */
    get: operations['read_calendar'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/appointments/{id}/call-off': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Call a visit off, and offer its patient other times
     * @description For roles: admin, doctor.
     */
    post: operations['call_off_appointment'];
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
  '/api/archive/completeness': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the archive is complete, in figures
     * @description For roles: auditor.
     */
    get: operations['read_completeness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/completeness/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The consultations that a figure counts
     * @description For roles: auditor.
     */
    get: operations['list_completeness'];
    put?: never;
    post?: never;
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
  '/api/archive/consultations/{id}/pack': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An evidence pack: a consultation's record with proofs, and a verifier that needs no server
     * @description For roles: auditor.
     */
    get: operations['export_pack'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/consultations/{id}/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Proofs that a consultation's entries are in the log
     * @description For roles: auditor.
     */
    get: operations['prove_record'];
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
  '/api/archive/keyword-searches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Searches of texts, newest first
     * @description For roles: auditor.
     */
    get: operations['list_keyword_searches'];
    put?: never;
    /**
     * Look for a word in the texts of a patient, a doctor or at most 31 days
     * @description For roles: auditor.
     */
    post: operations['begin_keyword_search'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/keyword-searches/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One search and how far it is
     * @description For roles: auditor.
     */
    get: operations['read_keyword_search'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/keyword-searches/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stop an own search
     * @description For roles: auditor.
     */
    post: operations['cancel_keyword_search'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/keyword-searches/{id}/hits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where an own search found its word, with the texts as they are now
     * @description For roles: auditor.
     */
    get: operations['read_keyword_hits'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/patients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Patients to search for, by name
     * @description For roles: auditor.
     */
    get: operations['find_patients'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/samples': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Samples, newest first
     * @description For roles: auditor.
     */
    get: operations['list_samples'];
    put?: never;
    /**
     * Draw a sample that anybody can draw again
     * @description For roles: auditor.
     */
    post: operations['draw_sample'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/samples/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A sample and its reviews
     * @description For roles: auditor.
     */
    get: operations['read_sample'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/samples/{id}/population': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The ids that a draw repeated today starts from
     * @description For roles: auditor.
     */
    get: operations['read_sample_population'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/archive/samples/{id}/reviews': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark a sampled record as reviewed
     * @description For roles: auditor.
     */
    post: operations['review_sampled'];
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
  '/api/bookings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Own holds and visits
     * @description For roles: patient.
     */
    get: operations['list_bookings'];
    put?: never;
    /**
     * Hold a slot for five minutes
     * @description For roles: patient.
     */
    post: operations['hold_slot'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One of the own bookings
     * @description For roles: patient.
     */
    get: operations['read_booking'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel one of the own visits
     * @description For roles: patient.
     */
    post: operations['cancel_booking'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Book a slot that is held and costs nothing
     * @description For roles: patient.
     */
    post: operations['confirm_booking'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}/move': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Move one of the own visits to another slot of the same doctor
     * @description For roles: patient.
     */
    post: operations['move_booking'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}/payment': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Begin to pay for a held visit; again is the same payment
     * @description For roles: patient.
     */
    post: operations['start_payment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a slot up that is held or requested
     * @description For roles: patient.
     */
    post: operations['release_booking'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}/terms': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What cancelling or moving a visit means now
     * @description For roles: patient.
     */
    get: operations['read_booking_terms'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/diagnosis': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * State what there is of an earlier diagnosis, before the doctor admits
     * @description For roles: patient.
     */
    post: operations['state_diagnosis'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/files': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add a picture (JPEG, PNG, WebP, HEIC) or a PDF of at most 20 MiB to a visit
     * @description For roles: doctor, patient.
     */
    post: operations['add_file'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/files/{seq}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A file, as it was added
     * @description For roles: auditor, doctor, patient.
     */
    get: operations['read_file'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/follow-up': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Propose another visit, in a visit or after it
     * @description For roles: doctor.
     */
    post: operations['propose_follow_up'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/follow-up/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let go what was proposed
     * @description For roles: patient.
     */
    post: operations['dismiss_follow_up'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/guardian-consent': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Agree, as a child's guardian, to take part in the visit
     * @description For roles: patient.
     */
    post: operations['give_guardian_consent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/location': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Confirm where the patient is and the number to call back
     * @description For roles: patient.
     */
    post: operations['confirm_location'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/receipt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A participant's receipt: the proof of the closing entry (C2SP tlog-proof)
     * @description For roles: doctor, patient.
     */
    get: operations['read_receipt'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consultations/{id}/safety': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The red-flag questions, what the patient answered, and the location to confirm
     * @description For roles: patient.
     */
    get: operations['read_safety'];
    put?: never;
    /**
     * Answer the red-flag questions; again at any time while the visit is open
     * @description For roles: patient.
     */
    post: operations['answer_safety'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-leave/{id}': {
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
     * Take a doctor's leave away
     * @description For roles: admin.
     */
    delete: operations['remove_doctor_leave'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Doctors' profiles, those that wait for a decision first
     * @description For roles: admin.
     */
    get: operations['list_doctor_profiles'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One doctor's profile
     * @description For roles: admin.
     */
    get: operations['read_doctor_profile'];
    put?: never;
    /**
     * Change a doctor's profile
     * @description For roles: admin.
     */
    post: operations['edit_doctor_profile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve a doctor: public and bookable from now on
     * @description For roles: admin.
     */
    post: operations['approve_doctor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/exceptions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make one day of a doctor different
     * @description For roles: admin.
     */
    post: operations['add_schedule_exception'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/hours': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a doctor weekly hours
     * @description For roles: admin.
     */
    post: operations['add_weekly_hours'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/leave': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Enter a doctor's leave
     * @description For roles: admin.
     */
    post: operations['add_doctor_leave'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/leave-visits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many visits a doctor's leave would call off
     * @description For roles: admin.
     */
    get: operations['count_visits_in_leave'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/return': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a profile back to the doctor
     * @description For roles: admin.
     */
    post: operations['return_doctor_profile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/schedule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A doctor's weekly hours, exceptions and leave
     * @description For roles: admin.
     */
    get: operations['read_schedule'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/slot-ownership': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say who owns a doctor's slots, and how many the hospital's own system has ceded
     * @description For roles: admin.
     */
    post: operations['set_slot_ownership'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor-profiles/{id}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Suspend a doctor
     * @description For roles: admin.
     */
    post: operations['suspend_doctor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Find doctors, by name
     * @description For anyone.
     */
    get: operations['find_doctors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctors/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A doctor's public page, with the next free slots
     * @description For anyone.
     */
    get: operations['read_doctor'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctors/{id}/slots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A doctor's slots of some days
     * @description For anyone.
     */
    get: operations['list_doctor_slots'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/family': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Family members for whom the account acts, or asked to
     * @description For roles: patient.
     */
    get: operations['list_family'];
    put?: never;
    /**
     * Add a family member: a child at once, an adult once the staff approves
     * @description For roles: patient.
     */
    post: operations['add_family_member'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/family-proposals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Adults for whom an account asks to act
     * @description For roles: admin.
     */
    get: operations['list_family_proposals'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/family-proposals/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let an account act for an adult, whose agreement was seen
     * @description For roles: admin.
     */
    post: operations['approve_family_member'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/family-proposals/{id}/return': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Refuse that an account acts for an adult, with a reason
     * @description For roles: admin.
     */
    post: operations['return_family_member'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/family/{id}': {
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
     * Stop acting for a family member
     * @description For roles: patient.
     */
    delete: operations['remove_family_member'];
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
  '/api/figures/days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Figures of some days, day by day
     * @description For roles: admin.
     */
    get: operations['list_figures'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/follow-ups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was proposed to the patient and is not booked yet
     * @description For roles: patient.
     */
    get: operations['list_follow_ups'];
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
  '/api/identity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the own name, or a family member's, is verified
     * @description For roles: patient.
     */
    get: operations['read_identity'];
    put?: never;
    /**
     * Submit the own document, or a family member's
     * @description For roles: patient.
     */
    post: operations['submit_identity'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity-checks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Documents that wait to be compared
     * @description For roles: admin.
     */
    get: operations['list_identities'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity-checks/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Verify a patient's name
     * @description For roles: admin.
     */
    post: operations['approve_identity'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity-checks/{id}/return': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Return a document to the patient, with a reason
     * @description For roles: admin.
     */
    post: operations['return_identity'];
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
  '/api/leave': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The own leave as a doctor
     * @description For roles: doctor.
     */
    get: operations['list_own_leave'];
    put?: never;
    /**
     * Enter the own leave
     * @description For roles: doctor.
     */
    post: operations['add_own_leave'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/leave/{id}': {
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
     * Take the own leave away
     * @description For roles: doctor.
     */
    delete: operations['remove_own_leave'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/leave/visits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many visits an own leave would call off
     * @description For roles: doctor.
     */
    get: operations['count_visits_in_own_leave'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notice-figures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How the notices of the last days went
     * @description For roles: admin.
     */
    get: operations['read_notice_figures'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notice-preferences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How the patient wants to be told of visits
     * @description For roles: patient.
     */
    get: operations['read_preferences'];
    put?: never;
    /**
     * Say how to be told; reminders that wait follow it
     * @description For roles: patient.
     */
    post: operations['change_preferences'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Deliveries of notices, newest first
     * @description For roles: admin.
     */
    get: operations['list_notices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notices/{id}/send-again': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a notice that was given up once more
     * @description For roles: admin.
     */
    post: operations['send_notice_again'];
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
  '/api/passkeys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Own passkeys
     * @description For everyone who is signed in.
     */
    get: operations['list_passkeys'];
    put?: never;
    /**
     * Add a passkey that the browser has just made
     * @description For everyone who is signed in.
     */
    post: operations['add_passkey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/passkeys/{id}': {
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
     * Remove one of the own passkeys
     * @description For everyone who is signed in.
     */
    delete: operations['remove_passkey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/passkeys/challenge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What a new passkey is made with, for the password given again
     * @description For everyone who is signed in.
     */
    post: operations['begin_passkey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/password-resets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Have a code sent to choose a new password with; never tells whether there is an account
     * @description For anyone.
     */
    post: operations['begin_password_reset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/password-resets/{id}/code': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give the code, get a ticket
     * @description For anyone.
     */
    post: operations['check_reset_code'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/password-resets/{id}/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Choose the new password; every session of the account ends
     * @description For anyone.
     */
    post: operations['finish_password_reset'];
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
  '/api/payment-notices/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A payment provider's signed notice
     * @description For anyone.
     */
    post: operations['hear_provider'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The patient's own payments, newest first
     * @description For roles: patient.
     */
    get: operations['list_payments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One of the own payments
     * @description For roles: patient.
     */
    get: operations['read_payment'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/{id}/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask the provider what became of an own payment
     * @description For roles: patient.
     */
    post: operations['check_payment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/{id}/demo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What was chosen on the demo's page, where no money moves
     * @description For roles: patient.
     */
    post: operations['choose_demo_payment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/{id}/refunds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give back a part or all of a payment
     * @description For roles: admin.
     */
    post: operations['request_refund'];
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
  '/api/privacy-notice': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The privacy notice in force
     * @description For anyone.
     */
    get: operations['read_privacy_notice'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The own profile as a doctor
     * @description For roles: doctor.
     */
    get: operations['read_own_profile'];
    put?: never;
    /**
     * Change the own profile
     * @description For roles: doctor.
     */
    post: operations['edit_own_profile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/profile/submit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hand the own profile in
     * @description For roles: doctor.
     */
    post: operations['submit_own_profile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/rebooking-offers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Own visits that the hospital called off, with other times
     * @description For roles: patient.
     */
    get: operations['list_rebooking_offers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/rebooking-offers/{id}/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Choose another time for a visit that was called off
     * @description For roles: patient.
     */
    post: operations['accept_rebooking_offer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/rebooking-offers/{id}/decline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Have the whole fee back instead
     * @description For roles: patient.
     */
    post: operations['decline_rebooking_offer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/red-flags': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The red-flag questions, as they are asked before booking
     * @description For anyone.
     */
    get: operations['list_red_flags'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/refunds/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Bring a refused refund to the provider again
     * @description For roles: admin.
     */
    post: operations['retry_refund'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/registrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Have a code sent to register with; never tells whether there is an account
     * @description For anyone.
     */
    post: operations['begin_registration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/registrations/{id}/account': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make the account that the ticket allows, and sign in
     * @description For anyone.
     */
    post: operations['finish_registration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/registrations/{id}/code': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give the code, get a ticket
     * @description For anyone.
     */
    post: operations['check_registration_code'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Legal holds, those that stand first
     * @description For roles: admin, auditor.
     */
    get: operations['list_holds'];
    put?: never;
    /**
     * Hold a record or all of a patient's: nothing of it is destroyed
     * @description For roles: admin, auditor.
     */
    post: operations['place_hold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/holds/{id}/lift': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Lift a legal hold
     * @description For roles: admin, auditor.
     */
    post: operations['lift_hold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/records': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Records by when they may be destroyed
     * @description For roles: admin, auditor.
     */
    get: operations['list_kept_records'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Requests to destroy records, newest first
     * @description For roles: admin, auditor.
     */
    get: operations['list_destruction_requests'];
    put?: never;
    /**
     * Ask for the destruction of a record, or of all due by a day
     * @description For roles: admin, auditor.
     */
    post: operations['request_destruction'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/requests/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A request and its records
     * @description For roles: admin, auditor.
     */
    get: operations['read_destruction_request'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/requests/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve a request, as one of two who did not ask for it
     * @description For roles: admin, auditor.
     */
    post: operations['approve_destruction'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/requests/{id}/destroy': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Destroy the keys of what two have approved
     * @description For roles: admin, auditor.
     */
    post: operations['destroy_records'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/requests/{id}/refuse': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Refuse somebody else's request
     * @description For roles: admin, auditor.
     */
    post: operations['refuse_destruction'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/retention/requests/{id}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take back the own request
     * @description For roles: admin, auditor.
     */
    post: operations['withdraw_destruction'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/schedule-exceptions/{id}': {
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
     * Take an exception away
     * @description For roles: admin.
     */
    delete: operations['remove_schedule_exception'];
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
  '/api/session/passkey': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in by a passkey: both factors at once
     * @description For anyone.
     */
    post: operations['sign_in_by_passkey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/passkey/challenge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What any passkey signs in with
     * @description For anyone.
     */
    post: operations['begin_passkey_sign_in'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Prove again who one is, by the password and the second factor
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['prove_session'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/proof/passkey': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Prove again who one is, by a passkey
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['prove_session_by_passkey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/proof/passkey/challenge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What a passkey of the account proves it with
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['begin_passkey_proof'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/second-factor': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How the own second factor stands
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    get: operations['read_second_factor'];
    put?: never;
    /**
     * Give a code of the app or a recovery code; get an open session
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['give_second_factor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/second-factor/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Confirm the secret by a code of it; get the recovery codes and an open session
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['confirm_second_factor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/second-factor/passkey': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a passkey as the second factor; get an open session
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['give_passkey_factor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/second-factor/passkey/challenge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What a passkey of the account gives as the second factor
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['begin_passkey_factor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/second-factor/recovery-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * New recovery codes for a code given now; the old ones are void
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['new_recovery_codes'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/second-factor/set-up': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a secret for an authenticator app, to be confirmed
     * @description For roles: admin, auditor, doctor, pharmacist.
     */
    post: operations['set_up_second_factor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/single-sign-on': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Begin signing in by the hospital's OpenID provider
     * @description For anyone.
     */
    post: operations['begin_sign_on'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session/single-sign-on/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in by what the provider sent back
     * @description For anyone.
     */
    post: operations['finish_sign_on'];
    delete?: never;
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
  '/api/specialties': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Specialties and languages to choose from
     * @description For anyone.
     */
    get: operations['list_specialties'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/till': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Payments of some days, what moved in them, and the comparisons with the provider's lists
     * @description For roles: admin.
     */
    get: operations['read_till'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/waitlist': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where the patient waits, and what is offered
     * @description For roles: patient.
     */
    get: operations['list_waitlist'];
    put?: never;
    /**
     * Wait for a slot of a doctor
     * @description For roles: patient.
     */
    post: operations['join_waitlist'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/waitlist/{id}/leave': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Leave a waitlist
     * @description For roles: patient.
     */
    post: operations['leave_waitlist'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/weekly-hours/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change weekly hours
     * @description For roles: admin.
     */
    post: operations['change_weekly_hours'];
    /**
     * Take weekly hours away
     * @description For roles: admin.
     */
    delete: operations['remove_weekly_hours'];
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
     * AccessesView
     * @description GET /api/accesses?before=&limit=: newest first.
     */
    AccessesView: {
      /** Accesses */
      accesses: components['schemas']['AccessView'][];
      /** Next Before */
      next_before: number | null;
    };
    /**
     * AccessView
     * @description What somebody else did with the patient's data; several times in a row is one access.
     */
    AccessView: {
      /** Action */
      action: string;
      /**
       * Actor Name
       * @description Null for the hospital itself.
       */
      actor_name: string | null;
      actor_role: components['schemas']['Role'] | null;
      /**
       * First At
       * Format: date-time
       */
      first_at: string;
      /** Id */
      id: number;
      /**
       * Last At
       * Format: date-time
       */
      last_at: string;
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'done' | 'refused';
      /** Reason */
      reason: string | null;
      /** Times */
      times: number;
      /**
       * Visit At
       * @description When the visit that it was about was planned.
       */
      visit_at: string | null;
    };
    /**
     * Accounts
     * @description GET /api/accounts: by login. `next_cursor` goes on.
     */
    Accounts: {
      /** Accounts */
      accounts: components['schemas']['AccountView'][];
      /** Next Cursor */
      next_cursor: string | null;
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
     * AlternativeSlot
     * @description A free slot instead of one that is gone. `fee_minor` counts minor units of `currency`.
     */
    AlternativeSlot: {
      /** Currency */
      currency: string;
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /** Fee Minor */
      fee_minor: number;
      /**
       * Practitioner Id
       * Format: uuid
       */
      practitioner_id: string;
      /** Practitioner Name */
      practitioner_name: string;
      /** Practitioner Title */
      practitioner_title: string;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
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
     * @description held while the patient makes up their mind; booked until the visit begins; then fulfilled.
     *
     *     pending: the slot belongs to the hospital's own system, which has not confirmed it yet.
     *
     *     FHIR has no words for a hold (its Slot is busy-tentative) nor for one that ended: held, expired.
     * @enum {string}
     */
    AppointmentState:
      'held' | 'pending' | 'booked' | 'fulfilled' | 'cancelled' | 'noshow' | 'expired';
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
     * ApprovalView
     * @description One of the two approvals.
     */
    ApprovalView: {
      /**
       * At
       * Format: date-time
       */
      at: string;
      /** By Name */
      by_name: string;
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
     * BalanceView
     * @description How an account of the ledger moved: positive is a debit. All of a currency sum to zero.
     */
    BalanceView: {
      account: components['schemas']['LedgerAccount'];
      /** Amount Minor */
      amount_minor: number;
      /** Currency */
      currency: string;
    };
    /**
     * BookableSlot
     * @description A slot of one doctor. `needs_confirmation`: the hospital's own system confirms it after booking.
     */
    BookableSlot: {
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /** Free */
      free: number;
      /** Needs Confirmation */
      needs_confirmation: boolean;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
    };
    /**
     * Bookings
     * @description GET /api/bookings: good holds and visits, the family's too, the latest first; at most 100.
     */
    Bookings: {
      /** Bookings */
      bookings: components['schemas']['BookingView'][];
    };
    /**
     * BookingView
     * @description A slot that is held, a request for one, or a visit. While it is held, `held_until` says for how long.
     *
     *     `needs_confirmation`: the hospital's own system owns the slot, and confirms it after booking; until then
     *     the visit is pending, at the latest until `answer_by`.
     *
     *     `consultation_id` is there once it is booked. `fee_minor` counts minor units of `currency`; null of a
     *     visit that the staff entered.
     */
    BookingView: {
      /** Answer By */
      answer_by: string | null;
      /** Consultation Id */
      consultation_id: string | null;
      /** Currency */
      currency: string | null;
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /** Fee Minor */
      fee_minor: number | null;
      /** Held Until */
      held_until: string | null;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Needs Confirmation */
      needs_confirmation: boolean;
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
     * CancellationView
     * @description A visit that its patient cancelled, and what comes back of what was paid.
     */
    CancellationView: {
      /** Back Minor */
      back_minor: number;
      booking: components['schemas']['BookingView'];
    };
    /**
     * CancelStep
     * @description How late it is for cancelling: it decides what comes back.
     * @enum {string}
     */
    CancelStep: 'free' | 'late' | 'begun';
    /**
     * Channel
     * @description How a code reaches a person.
     * @enum {string}
     */
    Channel: 'email' | 'phone';
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
      | 'code.wrong'
      | 'code.void'
      | 'registration.taken'
      | 'identity.wrong_state'
      | 'identity.submitted'
      | 'identity.required'
      | 'family.wrong_state'
      | 'family.too_many'
      | 'family.has_visits'
      | 'family.of_age'
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
      | 'booking.too_many_holds'
      | 'booking.own_overlap'
      | 'booking.too_late'
      | 'booking.begun'
      | 'booking.terms_changed'
      | 'rebooking.wrong_state'
      | 'his.not_connected'
      | 'his.confirms'
      | 'his.wrong_state'
      | 'waitlist.wrong_state'
      | 'waitlist.too_many'
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
     * CodeGiven
     * @description The code as the person typed it.
     */
    CodeGiven: {
      /** Code */
      code: string;
    };
    /**
     * CodeRequest
     * @description POST /api/registrations and /api/password-resets: where a code is to be sent, and in which language.
     */
    CodeRequest: {
      /** Destination */
      destination: string;
      /**
       * Locale
       * @enum {string}
       */
      locale: 'zh-CN' | 'en';
    };
    /**
     * CodeSent
     * @description A code is on its way, if the address can have one: the letter says so, this answer never does.
     *
     *     `demo_code` is the code itself, in demo alone.
     */
    CodeSent: {
      channel: components['schemas']['Channel'];
      /** Demo Code */
      demo_code: string | null;
      /**
       * Expires At
       * Format: date-time
       */
      expires_at: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Resend After S */
      resend_after_s: number;
    };
    /**
     * Completeness
     * @description GET /api/archive/completeness?from=&to=.
     */
    Completeness: {
      /**
       * Counted At
       * Format: date-time
       */
      counted_at: string;
      /**
       * First Day
       * Format: date
       */
      first_day: string;
      /**
       * Last Day
       * Format: date
       */
      last_day: string;
      log: components['schemas']['CompletenessOfLog'];
      range: components['schemas']['CompletenessOfRange'];
      /** Took Ms */
      took_ms: number;
      /** Witnesses */
      witnesses: components['schemas']['CompletenessOfWitness'][];
    };
    /**
     * CompletenessOfLog
     * @description Of the whole log, whatever the range.
     */
    CompletenessOfLog: {
      /** Checkpoint Size */
      checkpoint_size: number | null;
      /** Signed At */
      signed_at: string | null;
      /** Size */
      size: number;
    };
    /**
     * CompletenessOfRange
     * @description Of the consultations planned in the range. All but `entries` and `unsealed` count consultations.
     */
    CompletenessOfRange: {
      /** Addenda Open */
      addenda_open: number;
      /** Consultations */
      consultations: number;
      /** Conversations */
      conversations: number;
      /** Destroyed */
      destroyed: number;
      /** Entries */
      entries: number;
      /** Heads Differ */
      heads_differ: number;
      /** On Hold */
      on_hold: number;
      /** Open Long */
      open_long: number;
      /** Sequence Gaps */
      sequence_gaps: number;
      /** Unclosed */
      unclosed: number;
      /** Unsealed */
      unsealed: number;
      /** Unsealed Since */
      unsealed_since: string | null;
    };
    /**
     * CompletenessOfWitness
     * @description One witness: its cosignatures within the range, and its last one ever.
     */
    CompletenessOfWitness: {
      /** Cosignatures */
      cosignatures: number;
      /**
       * Last At
       * Format: date-time
       */
      last_at: string;
      /** Last Size */
      last_size: number;
      /** Witness */
      witness: string;
    };
    /**
     * ConsultationFound
     * @description One consultation in the auditor's list. `marks` is null where the record itself is read.
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
      marks: components['schemas']['RecordMarksView'] | null;
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
     * DayFigures
     * @description One day. `booked` were booked on it; `visits` were to take place on it, with the cancelled ones.
     *
     *     `wait_minutes_median` is from entering the waiting room to being admitted; null while nobody was.
     */
    DayFigures: {
      /** Booked */
      booked: number;
      /** Cancelled */
      cancelled: number;
      /**
       * Day
       * Format: date
       */
      day: string;
      /** Finished */
      finished: number;
      /** Money */
      money: components['schemas']['MoneyOfDay'][];
      /** No Shows */
      no_shows: number;
      /** Visits */
      visits: number;
      /** Wait Minutes Median */
      wait_minutes_median: number | null;
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
     * DecisionView
     * @description What was decided about a paid visit without anybody asking.
     */
    DecisionView: {
      /**
       * At
       * Format: date-time
       */
      at: string;
      evidence: components['schemas']['EvidenceView'];
      /** Percent */
      percent: number;
      reason: components['schemas']['RefundReason'];
    };
    /**
     * DeliveriesView
     * @description GET /api/notices?state=&before=&limit=: newest first.
     */
    DeliveriesView: {
      /** Next Before */
      next_before: string | null;
      /** Notices */
      notices: components['schemas']['DeliveryView'][];
    };
    /**
     * DeliveryCount
     * @description How many notices of one channel are in one state.
     */
    DeliveryCount: {
      channel: components['schemas']['NoticeChannel'];
      /** Count */
      count: number;
      state: components['schemas']['DeliveryState'];
    };
    /**
     * DeliveryFiguresView
     * @description GET /api/notice-figures: the notices made in the last days. What is not listed is none.
     */
    DeliveryFiguresView: {
      /** Counts */
      counts: components['schemas']['DeliveryCount'][];
      /** Days */
      days: number;
    };
    /**
     * DeliveryState
     * @description waiting for its time, queued, failed (tried, and tried again), then sent, given up, or dropped.
     *
     *     A dropped one was not sent because nobody needed it any more, or because there was no way to send it.
     * @enum {string}
     */
    DeliveryState: 'waiting' | 'queued' | 'failed' | 'sent' | 'given-up' | 'dropped';
    /**
     * DeliveryView
     * @description One notice to one person by one channel. Neither its address nor its text is kept.
     */
    DeliveryView: {
      /**
       * Appointment Id
       * Format: uuid
       */
      appointment_id: string;
      channel: components['schemas']['NoticeChannel'];
      /**
       * Created At
       * Format: date-time
       */
      created_at: string;
      /**
       * Due At
       * Format: date-time
       */
      due_at: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      kind: components['schemas']['Notice'];
      /**
       * Moved At
       * Format: date-time
       */
      moved_at: string;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      /** Patient Name */
      patient_name: string;
      /** Provider Id */
      provider_id: string | null;
      /**
       * Reason
       * @description A stable word, or the provider's own code.
       */
      reason: string | null;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
      state: components['schemas']['DeliveryState'];
      /** Tries */
      tries: number;
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
     * DemoPayment
     * @description POST /api/payments/{id}/demo: what was chosen on the demo's page, where no money moves.
     */
    DemoPayment: {
      /**
       * Choice
       * @enum {string}
       */
      choice: 'pay' | 'decline' | 'cancel';
    };
    /**
     * DestroyedView
     * @description The destruction. Until `key_backups_expire_at` a backup of the database may still hold the keys.
     */
    DestroyedView: {
      /**
       * At
       * Format: date-time
       */
      at: string;
      /** By Name */
      by_name: string;
      /** Completed At */
      completed_at: string | null;
      /**
       * Key Backups Expire At
       * Format: date-time
       */
      key_backups_expire_at: string;
    };
    /**
     * DestructionNoteView
     * @description What is left to say of a destroyed record: when, by whom, under which rule; and where it is proved.
     *
     *     `register_seq` is the entry of the hospital's register. `complete` once no backup holds the key any more.
     */
    DestructionNoteView: {
      /** Approved By Names */
      approved_by_names: string[];
      /** Complete */
      complete: boolean;
      /**
       * Destroyed At
       * Format: date-time
       */
      destroyed_at: string;
      /**
       * Due At
       * Format: date-time
       */
      due_at: string;
      /**
       * Key Backups Expire At
       * Format: date-time
       */
      key_backups_expire_at: string;
      /** Reason */
      reason: string;
      /** Register Seq */
      register_seq: number;
      /**
       * Request Id
       * Format: uuid
       */
      request_id: string;
      /** Requested By Name */
      requested_by_name: string;
      rule: components['schemas']['RetentionRule'];
    };
    /**
     * DestructionRequested
     * @description The request made, and what was due and is not part of it. `more`: others are due besides.
     */
    DestructionRequested: {
      /** Left Out */
      left_out: components['schemas']['KeptRecord'][];
      /** More */
      more: boolean;
      request: components['schemas']['DestructionRequestView'];
    };
    /**
     * DestructionRequests
     * @description GET /api/retention/requests: newest first.
     */
    DestructionRequests: {
      /** Requests */
      requests: components['schemas']['DestructionRequestView'][];
    };
    /**
     * DestructionRequestView
     * @description A request to destroy records. `own`: of who reads it; `approved_by_me`: who reads it has approved it.
     *
     *     `due_by` is null when one record was named. `spared` of its `records` were taken out again.
     */
    DestructionRequestView: {
      /** Approvals */
      approvals: components['schemas']['ApprovalView'][];
      /** Approvals Missing */
      approvals_missing: number;
      /** Approved By Me */
      approved_by_me: boolean;
      destroyed: components['schemas']['DestroyedView'] | null;
      /** Due By */
      due_by: string | null;
      ending: components['schemas']['EndingView'] | null;
      /**
       * Expires At
       * Format: date-time
       */
      expires_at: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Own */
      own: boolean;
      /** Reason */
      reason: string;
      /** Records */
      records: number;
      /**
       * Requested At
       * Format: date-time
       */
      requested_at: string;
      /** Requested By Name */
      requested_by_name: string;
      /** Spared */
      spared: number;
      state: components['schemas']['DestructionState'];
    };
    /**
     * DestructionState
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
     * DiagnosisBasis
     * @description What there is: documents added to this visit, an earlier visit at this hospital, or nothing.
     * @enum {string}
     */
    DiagnosisBasis: 'documents' | 'earlier_visit' | 'none';
    /**
     * DifferenceKind
     * @description What is not as it should be.
     * @enum {string}
     */
    DifferenceKind: 'missing-here' | 'missing-there' | 'other-amount';
    /**
     * DifferenceView
     * @description One movement about which the provider's list and ours differ.
     */
    DifferenceView: {
      /** Currency */
      currency: string;
      kind: components['schemas']['DifferenceKind'];
      movement: components['schemas']['MovementKind'];
      /** Ours Minor */
      ours_minor: number | null;
      /** Payment Id */
      payment_id: string | null;
      /** Reference */
      reference: string;
      /** Theirs Minor */
      theirs_minor: number | null;
    };
    /**
     * DoctorCard
     * @description A doctor in the list. `fee_minor` counts minor units of `currency`; `years` of practice are full ones.
     *
     *     `next_free` is the first free slot, of the day that was asked for or of the next 90; null when there is
     *     none.
     */
    DoctorCard: {
      /** Currency */
      currency: string;
      /** Fee Minor */
      fee_minor: number;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Languages */
      languages: string[];
      /** Name */
      name: string;
      next_free: components['schemas']['SlotView'] | null;
      specialty: components['schemas']['SpecialtyView'];
      /** Title */
      title: string;
      /** Years */
      years: number;
    };
    /**
     * DoctorPage
     * @description GET /api/doctors/{id}: the public page. `next_free` are the next free slots, in order.
     */
    DoctorPage: {
      /** Biography En */
      biography_en: string | null;
      /** Biography Zh */
      biography_zh: string | null;
      /** Currency */
      currency: string;
      /** Fee Minor */
      fee_minor: number;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Languages */
      languages: string[];
      /** Name */
      name: string;
      /** Next Free */
      next_free: components['schemas']['BookableSlot'][];
      specialty: components['schemas']['SpecialtyView'];
      /** Title */
      title: string;
      /** Years */
      years: number;
    };
    /**
     * DoctorsFound
     * @description GET /api/doctors. `next_cursor` goes on.
     */
    DoctorsFound: {
      /** Doctors */
      doctors: components['schemas']['DoctorCard'][];
      /** Next Cursor */
      next_cursor: string | null;
    };
    /**
     * DoctorSlots
     * @description GET /api/doctors/{id}/slots: in order of time, those that are taken too.
     */
    DoctorSlots: {
      /** Slots */
      slots: components['schemas']['BookableSlot'][];
    };
    /**
     * DocumentKind
     * @description What a person proves the own name with.
     * @enum {string}
     */
    DocumentKind: 'resident-id' | 'passport' | 'travel-permit';
    /**
     * EndingView
     * @description Why a request came to nothing. `by_name` is null for the hospital itself.
     */
    EndingView: {
      /**
       * At
       * Format: date-time
       */
      at: string;
      /** By Name */
      by_name: string | null;
      /** Reason */
      reason: string | null;
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
      | 'safety'
      | 'location'
      | 'unsuitable'
      | 'follow-up'
      | 'diagnosis'
      | 'destroyed'
      | 'closed';
    /**
     * EntryProof
     * @description Where an entry stands in the log; `path` (base64) leads to the checkpoint's root, RFC 6962 section
     *     2.1.1.
     *
     *     `index` is null, and the path empty, for an entry that is not sealed yet.
     */
    EntryProof: {
      /**
       * Conversation Id
       * Format: uuid
       */
      conversation_id: string;
      /** Index */
      index: number | null;
      /** Path */
      path: string[];
      /** Seq */
      seq: number;
    };
    /**
     * EvidenceView
     * @description What the visit's record says, and nothing else a decision is made from.
     */
    EvidenceView: {
      /**
       * Connected S
       * @description How long both were in the visit.
       */
      connected_s: number;
      /** Doctor Came At */
      doctor_came_at: string | null;
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /** Patient Came At */
      patient_came_at: string | null;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
      /** State */
      state: string;
    };
    /**
     * ExceptionKind
     * @description extra adds hours to a day; capacity gives hours that it has another capacity, 0 closes them.
     * @enum {string}
     */
    ExceptionKind: 'extra' | 'capacity';
    /**
     * ExceptionView
     * @description An exception as kept.
     */
    ExceptionView: {
      /** Begins */
      begins: string;
      /** Capacity */
      capacity: number;
      /**
       * Day
       * Format: date
       */
      day: string;
      /** Ends */
      ends: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      kind: components['schemas']['ExceptionKind'];
      /** Slot Minutes */
      slot_minutes: number;
      /** Time Zone */
      time_zone: string;
    };
    /**
     * FamilyApproval
     * @description POST /api/family-proposals/{id}/approve: what was seen, such as a signed mandate.
     */
    FamilyApproval: {
      /** Proof */
      proof: string;
    };
    /**
     * FamilyMembers
     * @description GET /api/family: those added first come first.
     */
    FamilyMembers: {
      /** Members */
      members: components['schemas']['FamilyMemberView'][];
    };
    /**
     * FamilyMemberView
     * @description A patient for whom the account acts once `state` is active. `reason` says why it was returned.
     */
    FamilyMemberView: {
      /**
       * Added At
       * Format: date-time
       */
      added_at: string;
      /**
       * Birth Date
       * Format: date
       */
      birth_date: string;
      /**
       * Ends At
       * @description When a child comes of age, which ends the right.
       */
      ends_at: string | null;
      gender: components['schemas']['Gender'];
      /**
       * Is Child
       * @description A guardian consents to each visit and takes part in it.
       */
      is_child: boolean;
      /** Name */
      name: string;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      /** Reason */
      reason: string | null;
      /** @description What the account's holder is to the patient. */
      relationship: components['schemas']['Relationship'];
      state: components['schemas']['FamilyState'];
    };
    /**
     * FamilyProposals
     * @description GET /api/family-proposals: longest waiting first, at most 100.
     */
    FamilyProposals: {
      /** Proposals */
      proposals: components['schemas']['FamilyProposalView'][];
    };
    /**
     * FamilyProposalView
     * @description An adult who waits for the staff: who is meant, and whose account wants to act.
     */
    FamilyProposalView: {
      /**
       * Added At
       * Format: date-time
       */
      added_at: string;
      /**
       * Birth Date
       * Format: date
       */
      birth_date: string;
      gender: components['schemas']['Gender'];
      /** Holder Name */
      holder_name: string;
      /** Name */
      name: string;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      relationship: components['schemas']['Relationship'];
    };
    /**
     * FamilyReturn
     * @description POST /api/family-proposals/{id}/return. The account reads the reason.
     */
    FamilyReturn: {
      /** Reason */
      reason: string;
    };
    /**
     * FamilyState
     * @description proposed: an adult, until the staff has seen that she agrees; active: the right holds; then over.
     * @enum {string}
     */
    FamilyState: 'proposed' | 'active' | 'returned' | 'ended';
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
      | 'too_young'
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
      /** Sealed Entries */
      sealed_entries: number;
      sealing: components['schemas']['SealingState'];
      /** Sealing Why */
      sealing_why: string | null;
      /** Wait Minutes Median */
      wait_minutes_median: number | null;
      /** Waiting */
      waiting: number;
    };
    /**
     * FiguresOfDays
     * @description GET /api/figures/days: every day of them. `currencies` are those that money moved in.
     */
    FiguresOfDays: {
      /** Currencies */
      currencies: string[];
      /** Days */
      days: components['schemas']['DayFigures'][];
      /**
       * First Day
       * Format: date
       */
      first_day: string;
      /**
       * Last Day
       * Format: date
       */
      last_day: string;
    };
    /**
     * FileKept
     * @description POST /api/consultations/{id}/files: the file's entry, durable like its bytes.
     */
    FileKept: {
      /**
       * Digest
       * @description SHA-256 of the bytes, in hexadecimal.
       */
      digest: string;
      /** Name */
      name: string;
      /**
       * Recorded At
       * Format: date-time
       */
      recorded_at: string;
      /** Seq */
      seq: number;
      /** Size */
      size: number;
      /** Type */
      type: string;
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
     * FollowUps
     * @description GET /api/follow-ups: what is neither booked nor let go, the next due first.
     */
    FollowUps: {
      /** Follow Ups */
      follow_ups: components['schemas']['FollowUpView'][];
    };
    /**
     * FollowUpView
     * @description What a doctor proposed after a visit. `why` is null once the record cannot be read any more.
     */
    FollowUpView: {
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      /**
       * Due On
       * Format: date
       */
      due_on: string;
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
      /**
       * Proposed At
       * Format: date-time
       */
      proposed_at: string;
      /**
       * Why
       * @description From the record; null when it was destroyed.
       */
      why: string | null;
    };
    /**
     * FoundPatient
     * @description A patient to choose for a search.
     */
    FoundPatient: {
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
     * FoundPatients
     * @description GET /api/archive/patients?name=: the first ones only.
     */
    FoundPatients: {
      /** Patients */
      patients: components['schemas']['FoundPatient'][];
    };
    /**
     * Gender
     * @description FHIR's administrative gender.
     * @enum {string}
     */
    Gender: 'female' | 'male' | 'other' | 'unknown';
    /**
     * GuardianConsent
     * @description Whether a guardian agreed to take part: of adults there is none.
     * @enum {string}
     */
    GuardianConsent: 'not-needed' | 'needed' | 'given';
    /**
     * Health
     * @description GET /healthz.
     */
    Health: {
      sealing: components['schemas']['SealingState'];
      /** Sealing Why */
      sealing_why: string | null;
      /**
       * Status
       * @constant
       */
      status: 'ok';
      /** Version */
      version: string;
    };
    /**
     * Hindrance
     * @description Why a record cannot be asked to be destroyed now. Each is also the end of a stable error code.
     * @enum {string}
     */
    Hindrance: 'nothing_kept' | 'destroyed' | 'open' | 'on_hold' | 'before_term' | 'requested';
    /**
     * HoldLiftView
     * @description The end of a hold.
     */
    HoldLiftView: {
      /**
       * At
       * Format: date-time
       */
      at: string;
      /** By Name */
      by_name: string;
      /** Reason */
      reason: string;
    };
    /**
     * Holds
     * @description GET /api/retention/holds: those that stand first.
     */
    Holds: {
      /** Holds */
      holds: components['schemas']['HoldView'][];
    };
    /**
     * HoldView
     * @description A legal hold: on one record, or without `consultation_id` on all of a patient's.
     */
    HoldView: {
      /** Consultation Id */
      consultation_id: string | null;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      lift: components['schemas']['HoldLiftView'] | null;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      /** Patient Name */
      patient_name: string;
      /**
       * Placed At
       * Format: date-time
       */
      placed_at: string;
      /** Placed By Name */
      placed_by_name: string;
      /** Reason */
      reason: string;
      /** Scheduled Start */
      scheduled_start: string | null;
    };
    /**
     * HospitalView
     * @description What anyone may know: GET /api/hospital. `passkeys` says whether its address can have any.
     *
     *     `single_sign_on` is what the staff's OpenID provider is called, where there is one.
     */
    HospitalView: {
      /** Currency */
      currency: string;
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
      /** Passkeys */
      passkeys: boolean;
      /** Single Sign On */
      single_sign_on: string | null;
      /** Time Zone */
      time_zone: string;
    };
    /**
     * IdentitiesToDecide
     * @description GET /api/identity-checks: longest waiting first, at most 100.
     */
    IdentitiesToDecide: {
      /** Checks */
      checks: components['schemas']['IdentityToDecide'][];
    };
    /**
     * IdentityReturn
     * @description POST /api/identity-checks/{id}/return. The patient reads the reason.
     */
    IdentityReturn: {
      /** Reason */
      reason: string;
    };
    /**
     * IdentityState
     * @description waiting until somebody of the staff has compared; then verified, or returned to the patient.
     * @enum {string}
     */
    IdentityState: 'waiting' | 'verified' | 'returned';
    /**
     * IdentityToDecide
     * @description A check that waits, with the whole number: for the staff who compares.
     */
    IdentityToDecide: {
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
      kind: components['schemas']['DocumentKind'];
      /** Number */
      number: string;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      /** Patient Name */
      patient_name: string;
      /**
       * Submitted At
       * Format: date-time
       */
      submitted_at: string;
    };
    /**
     * IdentityView
     * @description The latest check of a patient. `masked` is all that is shown of the number.
     */
    IdentityView: {
      /** Decided At */
      decided_at: string | null;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      kind: components['schemas']['DocumentKind'];
      /** Masked */
      masked: string;
      /** Reason */
      reason: string | null;
      state: components['schemas']['IdentityState'];
      /**
       * Submitted At
       * Format: date-time
       */
      submitted_at: string;
    };
    /**
     * KeptRecord
     * @description A record that can still be read. `due_at` and `rule` are null while its consultation is open.
     *
     *     `hindrance` says why it cannot be destroyed now; null: it can be asked for. `request_id` is the request
     *     under way that is about it.
     */
    KeptRecord: {
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      /** Due At */
      due_at: string | null;
      /** Ended At */
      ended_at: string | null;
      hindrance: components['schemas']['Hindrance'] | null;
      /** Last Visit At */
      last_visit_at: string | null;
      /**
       * Patient Id
       * Format: uuid
       */
      patient_id: string;
      /** Patient Name */
      patient_name: string;
      /** Practitioner Name */
      practitioner_name: string;
      /** Request Id */
      request_id: string | null;
      rule: components['schemas']['RetentionRule'] | null;
      /**
       * Scheduled Start
       * Format: date-time
       */
      scheduled_start: string;
      state: components['schemas']['ConsultationState'];
    };
    /**
     * KeptRecords
     * @description GET /api/retention/records: the first due first. `more`: there are others behind them.
     */
    KeptRecords: {
      /** More */
      more: boolean;
      /** Records */
      records: components['schemas']['KeptRecord'][];
      terms: components['schemas']['RetentionTerms'];
    };
    /**
     * KeywordHit
     * @description An entry that contains the word. `parts` joined are its text; null when destroyed, or `damaged`.
     */
    KeywordHit: {
      /** Author Name */
      author_name: string | null;
      author_role: components['schemas']['Role'] | null;
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      /**
       * Conversation Id
       * Format: uuid
       */
      conversation_id: string;
      /** Damaged */
      damaged: boolean;
      /** Id */
      id: number;
      /** Kind */
      kind: string | null;
      /** Parts */
      parts: components['schemas']['TextPart'][] | null;
      /** Patient Name */
      patient_name: string;
      /** Practitioner Name */
      practitioner_name: string;
      /** Recorded At */
      recorded_at: string | null;
      /**
       * Scheduled Start
       * Format: date-time
       */
      scheduled_start: string;
      /** Seq */
      seq: number;
    };
    /**
     * KeywordHits
     * @description GET /api/archive/keyword-searches/{id}/hits?after=: in the order of finding.
     */
    KeywordHits: {
      /** Hits */
      hits: components['schemas']['KeywordHit'][];
      /** Next After */
      next_after: number | null;
    };
    /**
     * KeywordSearches
     * @description GET /api/archive/keyword-searches: everybody's newest ones.
     */
    KeywordSearches: {
      /** Searches */
      searches: components['schemas']['KeywordSearchView'][];
    };
    /**
     * KeywordSearchView
     * @description A search and how far it is. `word` is null for everybody but who asked, and once it expired.
     *
     *     `done` of `total` consultations were searched. `destroyed` ones have no text any more, `damaged` entries
     *     cannot be read. `capped`: it ended early, because the word stands nearly everywhere.
     */
    KeywordSearchView: {
      /** By Name */
      by_name: string;
      /** Capped */
      capped: boolean;
      /**
       * Created At
       * Format: date-time
       */
      created_at: string;
      /** Damaged */
      damaged: number;
      /** Destroyed */
      destroyed: number;
      /** Done */
      done: number;
      /** Ended At */
      ended_at: string | null;
      /**
       * Expires At
       * Format: date-time
       */
      expires_at: string;
      /** First Day */
      first_day: string | null;
      /** Hits */
      hits: number;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Last Day */
      last_day: string | null;
      /** Own */
      own: boolean;
      /** Patient Id */
      patient_id: string | null;
      /** Patient Name */
      patient_name: string | null;
      /** Practitioner Id */
      practitioner_id: string | null;
      /** Practitioner Name */
      practitioner_name: string | null;
      /** Reason */
      reason: string;
      state: components['schemas']['SearchState'];
      /** Total */
      total: number;
      /** Word */
      word: string | null;
    };
    /**
     * LeaveEntered
     * @description A leave. `booked`: when it is entered, the visits that were called off; later, those that stay.
     */
    LeaveEntered: {
      /** Booked */
      booked: number;
      leave: components['schemas']['LeaveView'];
    };
    /**
     * LeaveView
     * @description A leave: [begins_at, ends_at), shown as the hospital's days.
     */
    LeaveView: {
      /**
       * Begins At
       * Format: date-time
       */
      begins_at: string;
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /**
       * First Day
       * Format: date
       */
      first_day: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /**
       * Last Day
       * Format: date
       */
      last_day: string;
    };
    /**
     * LedgerAccount
     * @description Where money is, and why.
     * @enum {string}
     */
    LedgerAccount: 'provider' | 'visits' | 'provider-fees' | 'disputed' | 'dispute-losses';
    /**
     * ListedRecord
     * @description One consultation behind a figure. `amount` or `since`: what the list is about.
     */
    ListedRecord: {
      /** Amount */
      amount: number | null;
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      /** Patient Name */
      patient_name: string;
      /** Practitioner Name */
      practitioner_name: string;
      /**
       * Scheduled Start
       * Format: date-time
       */
      scheduled_start: string;
      /** Since */
      since: string | null;
      state: components['schemas']['ConsultationState'];
    };
    /**
     * ListedRecords
     * @description GET /api/archive/completeness/{what}?from=&to=&cursor=: the latest planned start first.
     */
    ListedRecords: {
      /** Next Cursor */
      next_cursor: string | null;
      /** Records */
      records: components['schemas']['ListedRecord'][];
    };
    /**
     * LocationView
     * @description Where a patient is, and the number to call back: E.164 or the local form, as it was written.
     */
    LocationView: {
      /** City */
      city: string;
      /**
       * Country
       * @description ISO 3166-1 alpha-2.
       */
      country: string;
      /** Line */
      line: string;
      /** Phone */
      phone: string;
      /** Province */
      province: string;
    };
    /**
     * MoneyOfDay
     * @description What was paid and what went back on a day, in minor units; providers' fees are not taken off.
     */
    MoneyOfDay: {
      /** Captured Minor */
      captured_minor: number;
      /** Currency */
      currency: string;
      /** Refunded Minor */
      refunded_minor: number;
    };
    /**
     * MovementKind
     * @description Money that came, money that went back, and what of it was not taken and is here again.
     * @enum {string}
     */
    MovementKind: 'capture' | 'refund' | 'refund-failed';
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
     * NewApproval
     * @description POST /api/retention/requests/{id}/approve: the own password, again.
     */
    NewApproval: {
      /** Password */
      password: string;
    };
    /**
     * NewBooking
     * @description POST /api/bookings: the slot to hold, as the doctor's page lists it, and for whom.
     *
     *     `patient_id` null is the own person, else a family member. For a child `guardian_consents` is true.
     */
    NewBooking: {
      /**
       * Guardian Consents
       * @default false
       */
      guardian_consents: boolean;
      /**
       * Patient Id
       * @default null
       */
      patient_id: string | null;
      /**
       * Practitioner Id
       * Format: uuid
       */
      practitioner_id: string;
      /**
       * Red Flags
       * @description The version of the red-flag questions that the page asked first, if it did.
       * @default null
       */
      red_flags: string | null;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
    };
    /**
     * NewCallOff
     * @description POST /api/appointments/{id}/call-off. Of the reasons only those that a person gives are taken.
     */
    NewCallOff: {
      why: components['schemas']['OfferReason'];
    };
    /**
     * NewCancellation
     * @description POST /api/bookings/{id}/cancel: `back_minor` is what the patient was told comes back.
     */
    NewCancellation: {
      /** Back Minor */
      back_minor: number;
    };
    /**
     * NewDestructionRequest
     * @description POST /api/retention/requests: one record, or all that were due by the end of a day.
     */
    NewDestructionRequest: {
      /**
       * Consultation Id
       * @default null
       */
      consultation_id: string | null;
      /**
       * Due By
       * @default null
       */
      due_by: string | null;
      /** Password */
      password: string;
      /** Reason */
      reason: string;
    };
    /**
     * NewDiagnosis
     * @description POST /api/consultations/{id}/diagnosis: what the patient can show of an earlier diagnosis.
     */
    NewDiagnosis: {
      basis: components['schemas']['DiagnosisBasis'];
      /**
       * Message Id
       * Format: uuid
       * @description The page's own: a resend with the same one adds nothing.
       */
      message_id: string;
    };
    /**
     * NewException
     * @description One day that is different: extra hours, or hours with another capacity (0 closes them).
     */
    NewException: {
      /**
       * Begins
       * @description A time on the wall clock of the time zone.
       */
      begins: string;
      /** Capacity */
      capacity: number;
      /**
       * Day
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      day: string;
      /**
       * Ends
       * @description A time on the wall clock; 24:00 is the end of the day.
       */
      ends: string;
      kind: components['schemas']['ExceptionKind'];
      /**
       * Slot Minutes
       * @description Of extra hours; has no meaning for a capacity.
       * @default 0
       */
      slot_minutes: number;
      /**
       * Time Zone
       * @default null
       */
      time_zone: string | null;
    };
    /**
     * NewFamilyMember
     * @description POST /api/family. `declared`: the words of this version were agreed to.
     */
    NewFamilyMember: {
      /**
       * Birth Date
       * Format: date
       */
      birth_date: string;
      /** Declared */
      declared: boolean;
      gender: components['schemas']['Gender'];
      /** Name */
      name: string;
      relationship: components['schemas']['Relationship'];
    };
    /**
     * NewFollowUp
     * @description POST /api/consultations/{id}/follow-up: when the patient should come again, and why in short.
     */
    NewFollowUp: {
      /**
       * Due On
       * Format: date
       */
      due_on: string;
      /** Why */
      why: string;
    };
    /**
     * NewHold
     * @description POST /api/retention/holds. One of the two ids.
     */
    NewHold: {
      /**
       * Consultation Id
       * @default null
       */
      consultation_id: string | null;
      /**
       * Patient Id
       * @default null
       */
      patient_id: string | null;
      /** Reason */
      reason: string;
    };
    /**
     * NewHoldLift
     * @description POST /api/retention/holds/{id}/lift.
     */
    NewHoldLift: {
      /** Reason */
      reason: string;
    };
    /**
     * NewIdentity
     * @description POST /api/identity. `patient_id` null is the own person, else a family member.
     */
    NewIdentity: {
      kind: components['schemas']['DocumentKind'];
      /** Number */
      number: string;
      /**
       * Patient Id
       * @default null
       */
      patient_id: string | null;
    };
    /**
     * NewKeywordSearch
     * @description POST /api/archive/keyword-searches. A patient, a doctor, or days: at most 31 when they are alone.
     */
    NewKeywordSearch: {
      /**
       * From
       * @default null
       */
      from: string | null;
      /**
       * Patient Id
       * @default null
       */
      patient_id: string | null;
      /**
       * Practitioner Id
       * @default null
       */
      practitioner_id: string | null;
      /** Reason */
      reason: string;
      /**
       * To
       * @default null
       */
      to: string | null;
      /** Word */
      word: string;
    };
    /**
     * NewLeave
     * @description Days of the hospital on which a doctor offers nothing; both ends count.
     */
    NewLeave: {
      /**
       * From
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      from: string;
      /**
       * To
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      to: string;
    };
    /**
     * NewLocation
     * @description POST /api/consultations/{id}/location.
     */
    NewLocation: {
      /** City */
      city: string;
      /** Country */
      country: string;
      /**
       * Line
       * @default
       */
      line: string;
      /**
       * Message Id
       * Format: uuid
       * @description The page's own: a resend with the same one adds nothing.
       */
      message_id: string;
      /** Phone */
      phone: string;
      /** Province */
      province: string;
    };
    /**
     * NewNoticePreferences
     * @description POST /api/notice-preferences. Null: as the account (language) or the hospital (zone) says.
     *
     *     Without reminders what is urgent still comes: a visit that was moved or cancelled.
     */
    NewNoticePreferences: {
      /** Locale */
      locale: ('zh-CN' | 'en') | null;
      /** Reminders */
      reminders: boolean;
      /**
       * Time Zone
       * @description A name of the IANA time zone database.
       */
      time_zone: string | null;
      way: components['schemas']['Way'] | null;
    };
    /**
     * NewPasskey
     * @description POST /api/passkeys: `credential` as WebAuthn's RegistrationResponseJSON.
     */
    NewPasskey: {
      /**
       * Challenge Id
       * Format: uuid
       */
      challenge_id: string;
      /** Credential */
      credential: {
        [key: string]: unknown;
      };
      /** Name */
      name: string;
    };
    /**
     * NewPasswordGiven
     * @description POST /api/password-resets/{id}/password.
     */
    NewPasswordGiven: {
      /** Password */
      password: string;
      /** Ticket */
      ticket: string;
    };
    /**
     * NewPatientAccount
     * @description POST /api/registrations/{id}/account. `notice_digest` is the hex SHA-256 of the notice as shown.
     */
    NewPatientAccount: {
      /**
       * Birth Date
       * Format: date
       */
      birth_date: string;
      /** Display Name */
      display_name: string;
      /**
       * Locale
       * @enum {string}
       */
      locale: 'zh-CN' | 'en';
      /** Notice Digest */
      notice_digest: string;
      /** Notice Version */
      notice_version: string;
      /** Password */
      password: string;
      /** Ticket */
      ticket: string;
    };
    /**
     * NewProof
     * @description POST /api/session/proof: the password, and a code of the app or a recovery code.
     */
    NewProof: {
      /** Code */
      code: string;
      /** Password */
      password: string;
    };
    /**
     * NewReason
     * @description Why a profile is returned or a doctor suspended.
     */
    NewReason: {
      /** Reason */
      reason: string;
    };
    /**
     * NewRefund
     * @description POST /api/payments/{id}/refunds.
     */
    NewRefund: {
      /** Amount Minor */
      amount_minor: number;
    };
    /**
     * NewRefusal
     * @description POST /api/retention/requests/{id}/refuse.
     */
    NewRefusal: {
      /** Reason */
      reason: string;
    };
    /**
     * NewSafetyAnswer
     * @description POST /api/consultations/{id}/safety. No flags: none of these.
     */
    NewSafetyAnswer: {
      /** Flags */
      flags: string[];
      /**
       * Message Id
       * Format: uuid
       * @description The page's own: a resend with the same one adds nothing.
       */
      message_id: string;
      /** Version */
      version: string;
    };
    /**
     * NewSample
     * @description POST /api/archive/samples. Without a seed one is drawn.
     */
    NewSample: {
      /**
       * From
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      from: string;
      /**
       * Practitioner Id
       * @default null
       */
      practitioner_id: string | null;
      /**
       * Seed
       * @default null
       */
      seed: string | null;
      /** Size */
      size: number;
      /**
       * Specialty
       * @default null
       */
      specialty: string | null;
      /**
       * To
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      to: string;
    };
    /**
     * NewSampleReview
     * @description POST /api/archive/samples/{id}/reviews. A note belongs to the finding `note` alone.
     */
    NewSampleReview: {
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      finding: components['schemas']['ReviewFinding'];
      /**
       * Note
       * @default null
       */
      note: string | null;
    };
    /**
     * NewTime
     * @description POST /api/bookings/{id}/move: another slot of the same doctor.
     */
    NewTime: {
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
    };
    /**
     * NewWaitlistEntry
     * @description POST /api/waitlist: the doctor, and the hospital's days of use; without them any day.
     *
     *     `patient_id` null is the own person, else a family member. For a child `guardian_consents` is true.
     */
    NewWaitlistEntry: {
      /**
       * From
       * @default null
       */
      from: string | null;
      /**
       * Guardian Consents
       * @default false
       */
      guardian_consents: boolean;
      /**
       * Patient Id
       * @default null
       */
      patient_id: string | null;
      /**
       * Practitioner Id
       * Format: uuid
       */
      practitioner_id: string;
      /**
       * To
       * @default null
       */
      to: string | null;
    };
    /**
     * NewWeeklyHours
     * @description Hours that come back each week. `weekday` is 1 (Monday) to 7; both days of validity count.
     */
    NewWeeklyHours: {
      /**
       * Begins
       * @description A time on the wall clock of the time zone.
       */
      begins: string;
      /**
       * Capacity
       * @default 1
       */
      capacity: number;
      /**
       * Ends
       * @description A time on the wall clock; 24:00 is the end of the day.
       */
      ends: string;
      /** Slot Minutes */
      slot_minutes: number;
      /**
       * Time Zone
       * @default null
       */
      time_zone: string | null;
      /**
       * Valid From
       * Format: date
       * @description A calendar day in the hospital's time zone; both ends count.
       */
      valid_from: string;
      /**
       * Valid To
       * @default null
       */
      valid_to: string | null;
      /** Weekday */
      weekday: number;
    };
    /**
     * Notice
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
     * NoticeChannel
     * @description How a notice travels.
     * @enum {string}
     */
    NoticeChannel: 'email' | 'sms';
    /**
     * NoticePreferences
     * @description How a patient wants to be told. Null: as the account (language) or the hospital (zone) says.
     */
    NoticePreferences: {
      /** Locale */
      locale: ('zh-CN' | 'en') | null;
      /** Reminders */
      reminders: boolean;
      /** Time Zone */
      time_zone: string | null;
      way: components['schemas']['Way'] | null;
    };
    /**
     * NoticePreferencesView
     * @description GET /api/notice-preferences: what is wanted, and by what the patient can be reached.
     */
    NoticePreferencesView: {
      /**
       * Account Locale
       * @enum {string}
       */
      account_locale: 'zh-CN' | 'en';
      /**
       * Channels
       * @description How notices go now; empty: not at all.
       */
      channels: components['schemas']['NoticeChannel'][];
      /** Email */
      email: string | null;
      /** Hospital Time Zone */
      hospital_time_zone: string;
      /** Phone */
      phone: string | null;
      wanted: components['schemas']['NoticePreferences'];
    };
    /**
     * OfferReason
     * @description Why the hospital calls a visit off.
     * @enum {string}
     */
    OfferReason: 'doctor-unavailable' | 'doctor-leave' | 'technical' | 'his-conflict';
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
     * OwnIdentity
     * @description GET /api/identity. `check` is null before anything was submitted; `required` is the hospital's rule.
     */
    OwnIdentity: {
      check: components['schemas']['IdentityView'] | null;
      /** Required */
      required: boolean;
    };
    /**
     * OwnLeaves
     * @description GET /api/leave: the doctor's own, those that are not over.
     */
    OwnLeaves: {
      /** Leaves */
      leaves: components['schemas']['LeaveEntered'][];
    };
    /**
     * OwnProfileEdit
     * @description POST /api/profile, by the doctor. What is not known yet is null.
     */
    OwnProfileEdit: {
      /**
       * Biography En
       * @default null
       */
      biography_en: string | null;
      /**
       * Biography Zh
       * @default null
       */
      biography_zh: string | null;
      /** Fee Minor */
      fee_minor: number | null;
      /** Languages */
      languages: string[];
      /** Licence Number */
      licence_number: string | null;
      /** Practising Since */
      practising_since: number | null;
      specialty: components['schemas']['Specialty'] | null;
      /** Title */
      title: string;
    };
    /**
     * PasskeyAnswer
     * @description What the browser answered: `credential` as WebAuthn's AuthenticationResponseJSON.
     */
    PasskeyAnswer: {
      /**
       * Challenge Id
       * Format: uuid
       */
      challenge_id: string;
      /** Credential */
      credential: {
        [key: string]: unknown;
      };
    };
    /**
     * PasskeyChallenge
     * @description What the browser is asked with: `options` as WebAuthn's ...OptionsJSON. Good once, for 5 minutes.
     */
    PasskeyChallenge: {
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Options */
      options: {
        [key: string]: unknown;
      };
    };
    /**
     * PasskeyPassword
     * @description POST /api/passkeys/challenge: the password again.
     */
    PasskeyPassword: {
      /** Password */
      password: string;
    };
    /**
     * Passkeys
     * @description GET /api/passkeys: oldest first. `available` says whether this hospital's address can have any.
     */
    Passkeys: {
      /** Available */
      available: boolean;
      /** Passkeys */
      passkeys: components['schemas']['PasskeyView'][];
    };
    /**
     * PasskeyView
     * @description One of the own passkeys.
     */
    PasskeyView: {
      /**
       * Created At
       * Format: date-time
       */
      created_at: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Last Used At */
      last_used_at: string | null;
      /** Name */
      name: string;
    };
    /**
     * Patients
     * @description GET /api/patients: by name. `next_cursor` goes on.
     */
    Patients: {
      /** Next Cursor */
      next_cursor: string | null;
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
     * PaymentStarted
     * @description POST /api/bookings/{id}/payment: the same payment again until it is paid or has failed.
     */
    PaymentStarted: {
      payment: components['schemas']['PaymentView'];
      way: components['schemas']['WayView'];
    };
    /**
     * PaymentState
     * @description created: the patient has not paid yet; processing: the patient has paid, and nothing is sure.
     * @enum {string}
     */
    PaymentState: 'created' | 'processing' | 'captured' | 'failed' | 'cancelled';
    /**
     * PaymentView
     * @description One payment. Nothing of a card or of who paid is known.
     */
    PaymentView: {
      /** Amount Minor */
      amount_minor: number;
      /**
       * Appointment Id
       * Format: uuid
       */
      appointment_id: string;
      /** Captured At */
      captured_at: string | null;
      /**
       * Created At
       * Format: date-time
       */
      created_at: string;
      /** Currency */
      currency: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      provider: components['schemas']['ProviderName'];
      /**
       * Refunded Minor
       * @description Asked back, done or not.
       */
      refunded_minor: number;
      state: components['schemas']['PaymentState'];
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
     * PrivacyNoticeView
     * @description The privacy notice in force: the first paragraph is its title; `digest` is the hex SHA-256 of all.
     */
    PrivacyNoticeView: {
      /** Digest */
      digest: string;
      /**
       * Locale
       * @enum {string}
       */
      locale: 'zh-CN' | 'en';
      /** Paragraphs */
      paragraphs: string[];
      /** Version */
      version: string;
    };
    /**
     * Problem
     * @description RFC 9457 problem+json. `code` is stable, `fields` names wrong fields, `log_id` is for support.
     *
     *     `count` and `limit` say how many things were asked for, where that was too many; `alternatives` are free
     *     slots where the chosen one is gone. A member without a value is left out.
     */
    Problem: {
      /**
       * Alternatives
       * @default null
       */
      alternatives: components['schemas']['AlternativeSlot'][] | null;
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
     * ProfileEdit
     * @description POST /api/doctor-profiles/{id}, by the administration, which also files the institution's consent.
     */
    ProfileEdit: {
      /**
       * Biography En
       * @default null
       */
      biography_en: string | null;
      /**
       * Biography Zh
       * @default null
       */
      biography_zh: string | null;
      /** Consent On File */
      consent_on_file: boolean;
      /** Fee Minor */
      fee_minor: number | null;
      /** Languages */
      languages: string[];
      /** Licence Number */
      licence_number: string | null;
      /** Practising Since */
      practising_since: number | null;
      specialty: components['schemas']['Specialty'] | null;
      /** Title */
      title: string;
    };
    /**
     * Profiles
     * @description GET /api/doctor-profiles: those that wait for a decision first.
     */
    Profiles: {
      /** Profiles */
      profiles: components['schemas']['ProfileView'][];
    };
    /**
     * ProfileState
     * @description Only approved doctors are shown to the public and booked.
     * @enum {string}
     */
    ProfileState: 'draft' | 'submitted' | 'approved' | 'returned' | 'suspended';
    /**
     * ProfileView
     * @description A doctor's profile. `missing` is what approval still asks, by field; `reason` why it came back.
     */
    ProfileView: {
      /** Biography En */
      biography_en: string | null;
      /** Biography Zh */
      biography_zh: string | null;
      /** Consent On File */
      consent_on_file: boolean;
      /** Currency */
      currency: string;
      /** Decided At */
      decided_at: string | null;
      /** Fee Minor */
      fee_minor: number | null;
      /** Languages */
      languages: string[];
      /** Licence Number */
      licence_number: string | null;
      /** Missing */
      missing: {
        [key: string]: components['schemas']['FieldFault'];
      };
      /** Name */
      name: string;
      /** Practising Since */
      practising_since: number | null;
      /**
       * Practitioner Id
       * Format: uuid
       */
      practitioner_id: string;
      /** Reason */
      reason: string | null;
      specialty: components['schemas']['Specialty'] | null;
      state: components['schemas']['ProfileState'];
      /** Submitted At */
      submitted_at: string | null;
      /** Title */
      title: string;
    };
    /**
     * ProviderName
     * @description Who takes the money. demo takes none and is refused outside a demo hospital.
     * @enum {string}
     */
    ProviderName: 'demo' | 'stripe' | 'wechat' | 'alipay';
    /**
     * RebookingChoice
     * @description POST /api/rebooking-offers/{id}/accept: the slot to have instead.
     */
    RebookingChoice: {
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
     * RebookingOffers
     * @description GET /api/rebooking-offers: those that are open, the earliest visit first.
     */
    RebookingOffers: {
      /** Offers */
      offers: components['schemas']['RebookingOfferView'][];
    };
    /**
     * RebookingOfferView
     * @description A visit that the hospital called off. Until `ends_at` its patient chooses another time or the fee.
     *
     *     `alternatives` are free at this moment and cost nothing more; any free slot of the same doctor may be
     *     chosen. `fee_minor` of `currency` goes back when nothing is chosen.
     */
    RebookingOfferView: {
      /** Alternatives */
      alternatives: components['schemas']['AlternativeSlot'][];
      /**
       * Appointment Id
       * Format: uuid
       */
      appointment_id: string;
      /** Currency */
      currency: string | null;
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /** Fee Minor */
      fee_minor: number | null;
      /**
       * Id
       * Format: uuid
       */
      id: string;
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
      why: components['schemas']['OfferReason'];
    };
    /**
     * Receipts
     * @description GET /api/payments: the patient's own and the family's, the newest first.
     */
    Receipts: {
      /** Receipts */
      receipts: components['schemas']['ReceiptView'][];
    };
    /**
     * ReceiptView
     * @description One payment with all that became of it, and the visit that it was for.
     */
    ReceiptView: {
      decision: components['schemas']['DecisionView'] | null;
      /** Patient Name */
      patient_name: string;
      payment: components['schemas']['PaymentView'];
      /** Practitioner Name */
      practitioner_name: string;
      /** Refunds */
      refunds: components['schemas']['RefundView'][];
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
    };
    /**
     * ReconciliationView
     * @description The latest comparison of a day with the provider's list.
     */
    ReconciliationView: {
      /**
       * At
       * Format: date-time
       */
      at: string;
      /**
       * Day
       * Format: date
       */
      day: string;
      /** Differences */
      differences: components['schemas']['DifferenceView'][];
      /** Ours */
      ours: number;
      provider: components['schemas']['ProviderName'];
      /** Theirs */
      theirs: number;
    };
    /**
     * Record
     * @description GET /api/archive/consultations/{id}: the whole timeline, the conversation's and then its addendum's.
     */
    Record: {
      consultation: components['schemas']['ConsultationFound'];
      destruction: components['schemas']['DestructionNoteView'] | null;
      /** Entries */
      entries: components['schemas']['ArchivedEntry'][];
    };
    /**
     * RecordMarksView
     * @description What is known of a record before it is opened: closed, all in the log, texts destroyed, held.
     */
    RecordMarksView: {
      /** Closed */
      closed: boolean;
      /** Destroyed */
      destroyed: boolean;
      /** On Hold */
      on_hold: boolean;
      /** Sealed */
      sealed: boolean;
    };
    /**
     * RecordProof
     * @description GET /api/archive/consultations/{id}/proof. `checkpoint` is a signed note (C2SP tlog-checkpoint).
     *
     *     The keys are as this server says them: whoever wants to be sure has got them elsewhere.
     */
    RecordProof: {
      /** Checkpoint */
      checkpoint: string;
      /** Entries */
      entries: components['schemas']['EntryProof'][];
      /** Log Key */
      log_key: string;
      /** Witness Keys */
      witness_keys: string[];
    };
    /**
     * RecoveryCodes
     * @description POST /api/session/second-factor/recovery-codes: new ones, shown this once; the old ones are void.
     */
    RecoveryCodes: {
      /** Recovery Codes */
      recovery_codes: string[];
    };
    /**
     * RedFlag
     * @description One red-flag question in both languages, and what to do at once when the answer is yes.
     */
    RedFlag: {
      /** En */
      en: string;
      /** En Advice */
      en_advice: string;
      /** Id */
      id: string;
      /** Zh */
      zh: string;
      /** Zh Advice */
      zh_advice: string;
    };
    /**
     * RedFlagQuestions
     * @description GET /api/red-flags: what is asked before booking, and again before the waiting room.
     */
    RedFlagQuestions: {
      /** Questions */
      questions: components['schemas']['RedFlag'][];
      /** Version */
      version: string;
    };
    /**
     * RefundReason
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
     * RefundState
     * @description requested: a job brings it to the provider; sent: the provider works on it; then done, or refused.
     *
     *     What was done can fail later, when the patient's bank does not take it: the money is back here then.
     * @enum {string}
     */
    RefundState: 'requested' | 'sent' | 'done' | 'failed';
    /**
     * RefundView
     * @description Money on its way back. `problem` is the provider's word for a refusal.
     */
    RefundView: {
      /** Amount Minor */
      amount_minor: number;
      /** Currency */
      currency: string;
      /** Done At */
      done_at: string | null;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Problem */
      problem: string | null;
      reason: components['schemas']['RefundReason'];
      /**
       * Requested At
       * Format: date-time
       */
      requested_at: string;
      state: components['schemas']['RefundState'];
    };
    /**
     * Relationship
     * @description What the account's holder is to the patient (FHIR RelatedPerson.relationship).
     * @enum {string}
     */
    Relationship: 'parent' | 'guardian' | 'spouse' | 'child' | 'sibling' | 'other';
    /**
     * RequestDetail
     * @description GET /api/retention/requests/{id}.
     */
    RequestDetail: {
      /** Records */
      records: components['schemas']['RequestedRecord'][];
      request: components['schemas']['DestructionRequestView'];
    };
    /**
     * RequestedRecord
     * @description One record of a request. `spared` says why it was taken out, `register_seq` that it is destroyed.
     */
    RequestedRecord: {
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      /**
       * Due At
       * Format: date-time
       */
      due_at: string;
      /** Ended At */
      ended_at: string | null;
      /** Patient Name */
      patient_name: string;
      /** Practitioner Name */
      practitioner_name: string;
      /** Register Seq */
      register_seq: number | null;
      rule: components['schemas']['RetentionRule'];
      /**
       * Scheduled Start
       * Format: date-time
       */
      scheduled_start: string;
      spared: components['schemas']['Hindrance'] | null;
    };
    /**
     * RetentionRule
     * @description The rule that a term follows from.
     * @enum {string}
     */
    RetentionRule: 'RET-1' | 'RET-2' | 'RET-3';
    /**
     * RetentionTerms
     * @description The hospital's terms and limits. A record is kept for the longest of its terms.
     */
    RetentionTerms: {
      /** Account Days */
      account_days: number;
      /**
       * End Years
       * @description From the consultation's end (RET-2, RET-3).
       */
      end_years: number;
      /** Key Backup Days */
      key_backup_days: number;
      /** Records Per Request */
      records_per_request: number;
      /** Request Hours */
      request_hours: number;
      /**
       * Visit Years
       * @description From the patient's last visit (RET-1).
       */
      visit_years: number;
    };
    /**
     * ReviewFinding
     * @description What a reviewer found in a sampled record: nothing, or what the note says.
     * @enum {string}
     */
    ReviewFinding: 'none' | 'note';
    /**
     * Role
     * @description What an account is here for. One account has one role.
     * @enum {string}
     */
    Role: 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin';
    /**
     * SafetyKept
     * @description What was said is in the record, durable.
     */
    SafetyKept: {
      /**
       * Recorded At
       * Format: date-time
       */
      recorded_at: string;
      /** Seq */
      seq: number;
    };
    /**
     * SafetyView
     * @description GET /api/consultations/{id}/safety: what is asked, and what the patient said so far.
     */
    SafetyView: {
      /** Answered At */
      answered_at: string | null;
      /**
       * Flags
       * @description The ids answered with yes; null before any answer.
       */
      flags: string[] | null;
      /** @description Whether a child's guardian agreed to take part in this visit. */
      guardian: components['schemas']['GuardianConsent'];
      /** Located At */
      located_at: string | null;
      /** @description This visit's once confirmed, before that the last one's. */
      location: components['schemas']['LocationView'] | null;
      /** Questions */
      questions: components['schemas']['RedFlag'][];
      /** Version */
      version: string;
    };
    /**
     * SampledConsultation
     * @description One consultation of a sample, in the order of drawing.
     */
    SampledConsultation: {
      /**
       * Consultation Id
       * Format: uuid
       */
      consultation_id: string;
      /** Patient Name */
      patient_name: string;
      /** Place */
      place: number;
      /** Practitioner Name */
      practitioner_name: string;
      review: components['schemas']['SampleReview'] | null;
      /**
       * Scheduled Start
       * Format: date-time
       */
      scheduled_start: string;
      state: components['schemas']['ConsultationState'];
    };
    /**
     * SamplePopulation
     * @description GET /api/archive/samples/{id}/population: the ids that a draw repeated today starts from, sorted.
     */
    SamplePopulation: {
      /** Consultation Ids */
      consultation_ids: string[];
    };
    /**
     * SampleReview
     * @description The last review of a sampled record.
     */
    SampleReview: {
      /** By Name */
      by_name: string;
      finding: components['schemas']['ReviewFinding'];
      /** Note */
      note: string | null;
      /**
       * Reviewed At
       * Format: date-time
       */
      reviewed_at: string;
    };
    /**
     * Samples
     * @description GET /api/archive/samples?cursor=: newest first.
     */
    Samples: {
      /** Next Cursor */
      next_cursor: string | null;
      /** Samples */
      samples: components['schemas']['SampleSummary'][];
    };
    /**
     * SampleSummary
     * @description A sample as it was drawn, and how far its review is. docs/archive-sampling.md says how to repeat it.
     */
    SampleSummary: {
      /** By Name */
      by_name: string;
      /**
       * Created At
       * Format: date-time
       */
      created_at: string;
      /**
       * First Day
       * Format: date
       */
      first_day: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /**
       * Last Day
       * Format: date
       */
      last_day: string;
      /** Noted */
      noted: number;
      /** Population */
      population: number;
      /** Population Sha256 */
      population_sha256: string;
      /** Practitioner Id */
      practitioner_id: string | null;
      /** Practitioner Name */
      practitioner_name: string | null;
      /** Reviewed */
      reviewed: number;
      /** Seed */
      seed: string;
      /** Size */
      size: number;
      /** Specialty */
      specialty: string | null;
      /** Wanted */
      wanted: number;
    };
    /**
     * SampleView
     * @description GET /api/archive/samples/{id}. `same_population`: a draw repeated today would give the same.
     */
    SampleView: {
      /** Consultations */
      consultations: components['schemas']['SampledConsultation'][];
      /** Population Now */
      population_now: number;
      /** Same Population */
      same_population: boolean;
      sample: components['schemas']['SampleSummary'];
    };
    /**
     * ScheduleView
     * @description GET /api/doctor-profiles/{id}/schedule. `his_connected`: the HIS can be asked for slots.
     */
    ScheduleView: {
      /** Exceptions */
      exceptions: components['schemas']['ExceptionView'][];
      /** His Connected */
      his_connected: boolean;
      /** Hours */
      hours: components['schemas']['WeeklyHours'][];
      /** Leaves */
      leaves: components['schemas']['LeaveView'][];
      slots: components['schemas']['SlotOwnership'];
    };
    /**
     * SealingState
     * @description starting: nothing is known yet; waiting: something that passes keeps it; stopped: a person has to
     *     look.
     * @enum {string}
     */
    SealingState: 'starting' | 'sealing' | 'waiting' | 'stopped';
    /**
     * SearchState
     * @description running until every conversation was searched; expired when what it found is gone.
     * @enum {string}
     */
    SearchState: 'running' | 'done' | 'cancelled' | 'failed' | 'expired';
    /**
     * SecondFactorCode
     * @description A code of the app as it was typed, or a recovery code.
     */
    SecondFactorCode: {
      /** Code */
      code: string;
    };
    /**
     * SecondFactorConfirmed
     * @description The session, open now, and the recovery codes, shown this once.
     */
    SecondFactorConfirmed: {
      /** Recovery Codes */
      recovery_codes: string[];
      session: components['schemas']['SessionView'];
    };
    /**
     * SecondFactorSecret
     * @description What an authenticator app needs: `secret` to type, `uri` as text, `qr` as rows of 0 and 1 (dark).
     */
    SecondFactorSecret: {
      /** Qr */
      qr: string[];
      /** Secret */
      secret: string;
      /** Uri */
      uri: string;
    };
    /**
     * SecondFactorView
     * @description GET /api/session/second-factor: how the own second factor stands.
     *
     *     `demo_code` is the present code, in demo alone.
     */
    SecondFactorView: {
      /** Confirmed */
      confirmed: boolean;
      /** Demo Code */
      demo_code: string | null;
      /** Passkeys */
      passkeys: number;
      /** Recovery Codes Left */
      recovery_codes_left: number;
    };
    /**
     * SessionProof
     * @description When the session's owner proved who it is.
     */
    SessionProof: {
      /**
       * Proved At
       * Format: date-time
       */
      proved_at: string;
    };
    /**
     * SessionState
     * @description How far its owner has come: signed in, or only past the password.
     * @enum {string}
     */
    SessionState: 'open' | 'second-factor-pending';
    /**
     * SessionView
     * @description GET and POST /api/session: who is signed in. Send csrf_token as X-CSRF-Token with every write.
     *
     *     While `state` is second-factor-pending, only a password was given: see /api/session/second-factor.
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
      state: components['schemas']['SessionState'];
    };
    /**
     * SignOnAnswer
     * @description What the provider sent back in the address: `state`, `code`, and `iss` where it says who it is.
     */
    SignOnAnswer: {
      /** Code */
      code: string;
      /**
       * Iss
       * @default null
       */
      iss: string | null;
      /** State */
      state: string;
    };
    /**
     * SignOnBegun
     * @description POST /api/session/single-sign-on: where the browser goes. It comes back to /sign-in/return.
     */
    SignOnBegun: {
      /** Url */
      url: string;
    };
    /**
     * SlotOwner
     * @description Who decides about a doctor's slots: we, or the HIS.
     * @enum {string}
     */
    SlotOwner: 'ours' | 'his';
    /**
     * SlotOwnership
     * @description Who owns a doctor's slots: we, or the hospital's own system (HIS).
     *
     *     Of slots of the HIS, `quota_a_day` seats of each day are booked without asking; of our own it is 0.
     */
    SlotOwnership: {
      owner: components['schemas']['SlotOwner'];
      /**
       * Quota A Day
       * @default 0
       */
      quota_a_day: number;
    };
    /**
     * SlotView
     * @description A time in which a visit can begin, [starts_at, ends_at), with `free` places left.
     */
    SlotView: {
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /** Free */
      free: number;
      /**
       * Starts At
       * Format: date-time
       */
      starts_at: string;
    };
    /**
     * Specialties
     * @description GET /api/specialties: specialties and languages to choose from.
     */
    Specialties: {
      /** Languages */
      languages: string[];
      /** Specialties */
      specialties: components['schemas']['SpecialtyView'][];
    };
    /**
     * Specialty
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
    /**
     * SpecialtyView
     * @description A specialty: its stable code, and what it is called by language tag.
     */
    SpecialtyView: {
      code: components['schemas']['Specialty'];
      /** Words */
      words: {
        [key: string]: string;
      };
    };
    /**
     * SumView
     * @description How many there were, and their amount.
     */
    SumView: {
      /** Amount Minor */
      amount_minor: number;
      /** Count */
      count: number;
      /** Currency */
      currency: string;
    };
    /**
     * TermsView
     * @description GET /api/bookings/{id}/terms: what changing the visit means at this moment.
     *
     *     `back_minor` of `paid_minor` comes back on cancelling now; `currency` is null where nothing was paid. All
     *     of it does until `free_until`, `late_percent` of it from then on, and none from the visit's beginning on.
     */
    TermsView: {
      /** Back Minor */
      back_minor: number;
      /** Can Move */
      can_move: boolean;
      /** Currency */
      currency: string | null;
      /**
       * Free Until
       * Format: date-time
       */
      free_until: string;
      /** Late Percent */
      late_percent: number;
      /**
       * Move Until
       * Format: date-time
       */
      move_until: string;
      /** Paid Minor */
      paid_minor: number;
      step: components['schemas']['CancelStep'];
    };
    /**
     * TextPart
     * @description A piece of a text; `found` marks the word itself.
     */
    TextPart: {
      /** Found */
      found: boolean;
      /** Text */
      text: string;
    };
    /**
     * TicketView
     * @description What took the code's place: send it with the rest of the form within 30 minutes.
     */
    TicketView: {
      /** Ticket */
      ticket: string;
    };
    /**
     * TillView
     * @description GET /api/till?from=&to=: payments begun in these days, and what moved in them.
     */
    TillView: {
      /** Balances */
      balances: components['schemas']['BalanceView'][];
      /** Captured */
      captured: components['schemas']['SumView'][];
      /**
       * First Day
       * Format: date
       */
      first_day: string;
      /**
       * Last Day
       * Format: date
       */
      last_day: string;
      /** More */
      more: boolean;
      /** Receipts */
      receipts: components['schemas']['ReceiptView'][];
      /** Reconciliations */
      reconciliations: components['schemas']['ReconciliationView'][];
      /** Refunded */
      refunded: components['schemas']['SumView'][];
      /**
       * Refused
       * @description Payments of any day with a refused refund, which waits for the staff.
       */
      refused: components['schemas']['ReceiptView'][];
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
    /**
     * VisitsInLeave
     * @description How many booked visits a leave of these days would call off, each with an offer to its patient.
     */
    VisitsInLeave: {
      /** Booked */
      booked: number;
    };
    /**
     * Waitlist
     * @description GET /api/waitlist: where the patient waits.
     */
    Waitlist: {
      /** Entries */
      entries: components['schemas']['WaitlistEntryView'][];
    };
    /**
     * WaitlistEntryView
     * @description A place in a doctor's waitlist. While a slot is offered, `appointment_id` is the hold that keeps it.
     *
     *     It is kept until `held_until`: pay it or book it as any hold, or give it up to decline.
     */
    WaitlistEntryView: {
      /** Appointment Id */
      appointment_id: string | null;
      /**
       * Begins At
       * Format: date-time
       */
      begins_at: string;
      /** Currency */
      currency: string | null;
      /**
       * Ends At
       * Format: date-time
       */
      ends_at: string;
      /** Fee Minor */
      fee_minor: number | null;
      /** Held Until */
      held_until: string | null;
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
      /** Starts At */
      starts_at: string | null;
      state: components['schemas']['WaitlistState'];
    };
    /**
     * WaitlistState
     * @description waiting; offered while a slot is kept for the patient; booked, left, or over (its last day went by).
     * @enum {string}
     */
    WaitlistState: 'waiting' | 'offered' | 'booked' | 'left' | 'over';
    /**
     * Way
     * @description How a person wants to be told. Where the chosen way leads nowhere, the other one is taken.
     * @enum {string}
     */
    Way: 'email' | 'sms' | 'both';
    /**
     * WayKind
     * @description How a patient pays: on the demo's page, on the provider's, by a code, in the provider's form.
     * @enum {string}
     */
    WayKind: 'demo' | 'redirect' | 'qr' | 'form';
    /**
     * WayView
     * @description How to pay: on the demo's page, at `address`, by scanning `image`, or in the provider's form.
     */
    WayView: {
      /**
       * Address
       * @description Where to go, or what the code says.
       */
      address: string | null;
      /**
       * Ends At
       * Format: date-time
       * @description Until when it can be paid.
       */
      ends_at: string;
      /**
       * Image
       * @description The code to scan, as a data URI.
       */
      image: string | null;
      kind: components['schemas']['WayKind'];
      /** Public Key */
      public_key: string | null;
      /**
       * Script
       * @description The provider's own script that draws its form.
       */
      script: string | null;
      /**
       * Secret
       * @description Opens the provider's form for this payment alone.
       */
      secret: string | null;
    };
    /**
     * WeeklyHours
     * @description Weekly hours as kept.
     */
    WeeklyHours: {
      /** Begins */
      begins: string;
      /** Capacity */
      capacity: number;
      /** Ends */
      ends: string;
      /**
       * Id
       * Format: uuid
       */
      id: string;
      /** Slot Minutes */
      slot_minutes: number;
      /** Time Zone */
      time_zone: string;
      /**
       * Valid From
       * Format: date
       */
      valid_from: string;
      /** Valid To */
      valid_to: string | null;
      /** Weekday */
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
export interface operations {
  list_accesses: {
    parameters: {
      query?: {
        before?: number;
        limit?: number;
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
          'application/json': components['schemas']['AccessesView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_accounts: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number;
        name?: string;
        role?: 'patient' | 'doctor' | 'pharmacist' | 'auditor' | 'admin';
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description appointment.overlap, his.confirms */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_calendar: {
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
          'text/calendar': string;
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  call_off_appointment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCallOff'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
  read_completeness: {
    parameters: {
      query: {
        from: string;
        to: string;
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
          'application/json': components['schemas']['Completeness'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description archive.too_slow, archive.too_wide, input.invalid */
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
  list_completeness: {
    parameters: {
      query: {
        cursor?: string;
        from: string;
        to: string;
      };
      header?: never;
      path: {
        id:
          | 'conversations'
          | 'sequence-gaps'
          | 'heads-differ'
          | 'unclosed'
          | 'open-long'
          | 'addenda-open'
          | 'unsealed'
          | 'destroyed'
          | 'on-hold';
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
          'application/json': components['schemas']['ListedRecords'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description archive.too_slow, archive.too_wide, input.invalid */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  export_pack: {
    parameters: {
      query?: {
        files?: boolean;
        reason?: string;
      };
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
          'application/zip': string;
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description archive.not_sealed_yet */
      409: {
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
  prove_record: {
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
          'application/json': components['schemas']['RecordProof'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_keyword_searches: {
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
          'application/json': components['schemas']['KeywordSearches'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  begin_keyword_search: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewKeywordSearch'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeywordSearchView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description archive.searches_running */
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
      /** @description archive.too_wide, input.invalid */
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
  read_keyword_search: {
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
          'application/json': components['schemas']['KeywordSearchView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  cancel_keyword_search: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description archive.search_wrong_state */
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
  read_keyword_hits: {
    parameters: {
      query?: {
        after?: number;
        limit?: number;
      };
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
          'application/json': components['schemas']['KeywordHits'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description archive.search_wrong_state */
      409: {
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
  find_patients: {
    parameters: {
      query: {
        name: string;
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
          'application/json': components['schemas']['FoundPatients'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_samples: {
    parameters: {
      query?: {
        cursor?: string;
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
          'application/json': components['schemas']['Samples'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  draw_sample: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSample'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SampleSummary'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description input.too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description archive.too_wide, input.invalid */
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
  read_sample: {
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
          'application/json': components['schemas']['SampleView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_sample_population: {
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
          'application/json': components['schemas']['SamplePopulation'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  review_sampled: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSampleReview'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_bookings: {
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
          'application/json': components['schemas']['Bookings'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  hold_slot: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewBooking'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BookingView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description booking.own_overlap, booking.slot_taken, booking.too_many_holds, family.of_age, his.not_connected */
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
      /** @description idempotency.reused, input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description rate.limited */
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
  read_booking: {
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
          'application/json': components['schemas']['BookingView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  cancel_booking: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCancellation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CancellationView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description appointment.wrong_state, booking.begun, booking.terms_changed, consultation.wrong_state */
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
      /** @description idempotency.reused, input.invalid */
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
  confirm_booking: {
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
          'application/json': components['schemas']['BookingView'];
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
      /** @description payment.required */
      402: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description booking.hold_ended */
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
  move_booking: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewTime'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BookingView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description appointment.wrong_state, booking.own_overlap, booking.slot_taken, booking.too_late, consultation.wrong_state, family.of_age, his.confirms, his.not_connected */
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
      /** @description idempotency.reused, input.invalid */
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
  start_payment: {
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
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentStarted'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description payment.not_due, payment.refused, payment.wrong_state */
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
  release_booking: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description appointment.wrong_state */
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
  read_booking_terms: {
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
          'application/json': components['schemas']['TermsView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  state_diagnosis: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewDiagnosis'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SafetyKept'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description chat.conversation_closed, chat.message_id_reused */
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
      /** @description rate.limited, room.busy */
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
  add_file: {
    parameters: {
      query: {
        message_id: string;
        name?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/octet-stream': string;
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FileKept'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description chat.conversation_closed, chat.message_id_reused, file.too_many */
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
      /** @description file.type_not_allowed */
      415: {
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
      /** @description room.busy */
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
  read_file: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        seq: number;
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
          'application/octet-stream': string;
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description retention.destroyed */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description file.damaged, internal */
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
  propose_follow_up: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewFollowUp'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description chat.conversation_closed, consultation.wrong_state, follow_up.proposed */
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
  dismiss_follow_up: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description follow_up.wrong_state */
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
  give_guardian_consent: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description consultation.wrong_state */
      409: {
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
  confirm_location: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLocation'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SafetyKept'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description chat.conversation_closed, chat.message_id_reused */
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
      /** @description rate.limited, room.busy */
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
  read_receipt: {
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
          'text/plain': string;
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description archive.not_sealed_yet */
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
  read_safety: {
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
          'application/json': components['schemas']['SafetyView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  answer_safety: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSafetyAnswer'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SafetyKept'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description chat.conversation_closed, chat.message_id_reused */
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
      /** @description rate.limited, room.busy */
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
  remove_doctor_leave: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
  list_doctor_profiles: {
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
          'application/json': components['schemas']['Profiles'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_doctor_profile: {
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
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  edit_doctor_profile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProfileEdit'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description profile.licence_taken, profile.wrong_state */
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
      /** @description input.invalid, profile.not_eligible */
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
  approve_doctor: {
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
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description profile.wrong_state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description profile.not_eligible */
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
  add_schedule_exception: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewException'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExceptionView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description schedule.too_many */
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
  add_weekly_hours: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewWeeklyHours'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WeeklyHours'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description schedule.overlap, schedule.too_many */
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
  add_doctor_leave: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLeave'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeaveEntered'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description schedule.too_many */
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
  count_visits_in_leave: {
    parameters: {
      query: {
        from: string;
        to: string;
      };
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
          'application/json': components['schemas']['VisitsInLeave'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  return_doctor_profile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewReason'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description profile.wrong_state */
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
  read_schedule: {
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
          'application/json': components['schemas']['ScheduleView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  set_slot_ownership: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SlotOwnership'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SlotOwnership'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description his.not_connected */
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
  suspend_doctor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewReason'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description profile.wrong_state */
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
  find_doctors: {
    parameters: {
      query?: {
        cursor?: string;
        day?: string;
        language?: string;
        limit?: number;
        name?: string;
        specialty?:
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
          'application/json': components['schemas']['DoctorsFound'];
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
  read_doctor: {
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
          'application/json': components['schemas']['DoctorPage'];
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
  list_doctor_slots: {
    parameters: {
      query: {
        from: string;
        to: string;
      };
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
          'application/json': components['schemas']['DoctorSlots'];
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
  list_family: {
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
          'application/json': components['schemas']['FamilyMembers'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  add_family_member: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewFamilyMember'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FamilyMemberView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description family.too_many */
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
      /** @description idempotency.reused, input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description rate.limited */
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
  list_family_proposals: {
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
          'application/json': components['schemas']['FamilyProposals'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  approve_family_member: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FamilyApproval'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description family.wrong_state */
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
  return_family_member: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FamilyReturn'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description family.wrong_state */
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
  remove_family_member: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description family.has_visits, family.wrong_state */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_figures: {
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
          'application/json': components['schemas']['FiguresOfDays'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_follow_ups: {
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
          'application/json': components['schemas']['FollowUps'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_identity: {
    parameters: {
      query?: {
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
          'application/json': components['schemas']['OwnIdentity'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  submit_identity: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewIdentity'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IdentityView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description identity.submitted */
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
  list_identities: {
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
          'application/json': components['schemas']['IdentitiesToDecide'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  approve_identity: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description identity.wrong_state */
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
  return_identity: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IdentityReturn'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description identity.wrong_state */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
  list_own_leave: {
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
          'application/json': components['schemas']['OwnLeaves'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  add_own_leave: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLeave'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeaveEntered'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description schedule.too_many */
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
  remove_own_leave: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
  count_visits_in_own_leave: {
    parameters: {
      query: {
        from: string;
        to: string;
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
          'application/json': components['schemas']['VisitsInLeave'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_notice_figures: {
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
          'application/json': components['schemas']['DeliveryFiguresView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_preferences: {
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
          'application/json': components['schemas']['NoticePreferencesView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  change_preferences: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewNoticePreferences'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NoticePreferencesView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
  list_notices: {
    parameters: {
      query?: {
        before?: string;
        limit?: number;
        state?: 'waiting' | 'queued' | 'failed' | 'sent' | 'given-up' | 'dropped';
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
          'application/json': components['schemas']['DeliveriesView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  send_notice_again: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description notice.wrong_state */
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
  list_passkeys: {
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
          'application/json': components['schemas']['Passkeys'];
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
      /** @description auth.second_factor_pending */
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
  add_passkey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewPasskey'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyView'];
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
      /** @description auth.csrf, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description passkey.known, passkey.too_many, passkey.unavailable */
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
      /** @description input.invalid, passkey.refused */
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
  remove_passkey: {
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
      /** @description auth.csrf, auth.origin, auth.second_factor_pending */
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
  begin_passkey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PasskeyPassword'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyChallenge'];
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
      /** @description auth.csrf, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description passkey.too_many, passkey.unavailable */
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
      /** @description auth.wrong_password, input.invalid */
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
  begin_password_reset: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeRequest'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CodeSent'];
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
      /** @description rate.limited */
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
  check_reset_code: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeGiven'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TicketView'];
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
      /** @description auth.origin */
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
      /** @description code.void */
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
      /** @description code.wrong, input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description rate.limited */
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
  finish_password_reset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewPasswordGiven'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.origin */
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
      /** @description code.void */
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
  list_patients: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number;
        name?: string;
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  hear_provider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: 'stripe' | 'wechat' | 'alipay';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/octet-stream': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description input.not_json, payment.bad_signature */
      400: {
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
      /** @description not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description payment.wrong_state */
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
  list_payments: {
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
          'application/json': components['schemas']['Receipts'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_payment: {
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
          'application/json': components['schemas']['PaymentView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  check_payment: {
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
          'application/json': components['schemas']['PaymentView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description payment.wrong_state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description rate.limited */
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
  choose_demo_payment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DemoPayment'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description payment.wrong_state */
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
  request_refund: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewRefund'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefundView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description refund.too_large */
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
      /** @description idempotency.reused, input.invalid */
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  read_privacy_notice: {
    parameters: {
      query: {
        locale: 'zh-CN' | 'en';
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
          'application/json': components['schemas']['PrivacyNoticeView'];
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
  read_own_profile: {
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
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  edit_own_profile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OwnProfileEdit'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description profile.licence_taken, profile.wrong_state */
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
      /** @description input.invalid, profile.not_eligible */
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
  submit_own_profile: {
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
          'application/json': components['schemas']['ProfileView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description profile.wrong_state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description profile.not_eligible */
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
  list_rebooking_offers: {
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
          'application/json': components['schemas']['RebookingOffers'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  accept_rebooking_offer: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RebookingChoice'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BookingView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description booking.own_overlap, booking.slot_taken, family.of_age, his.not_connected, rebooking.wrong_state */
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
      /** @description idempotency.reused, input.invalid */
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
  decline_rebooking_offer: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description rebooking.wrong_state */
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
  list_red_flags: {
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
          'application/json': components['schemas']['RedFlagQuestions'];
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
  retry_refund: {
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
          'application/json': components['schemas']['RefundView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description refund.wrong_state */
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
  begin_registration: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeRequest'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CodeSent'];
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
      /** @description rate.limited */
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
  finish_registration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewPatientAccount'];
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
      /** @description auth.origin */
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
      /** @description code.void, registration.taken */
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
  check_registration_code: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeGiven'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TicketView'];
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
      /** @description auth.origin */
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
      /** @description code.void */
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
      /** @description code.wrong, input.invalid */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description rate.limited */
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
  list_holds: {
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
          'application/json': components['schemas']['Holds'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  place_hold: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewHold'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HoldView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description retention.destroyed */
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
  lift_hold: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewHoldLift'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description retention.hold_lifted */
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
  list_kept_records: {
    parameters: {
      query?: {
        due_by?: string;
        limit?: number;
        patient?: string;
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
          'application/json': components['schemas']['KeptRecords'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_destruction_requests: {
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
          'application/json': components['schemas']['DestructionRequests'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  request_destruction: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewDestructionRequest'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DestructionRequested'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description retention.account_too_new, retention.before_term, retention.destroyed, retention.nothing_due, retention.nothing_kept, retention.on_hold, retention.open, retention.requested */
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
      /** @description auth.wrong_password, input.invalid */
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
  read_destruction_request: {
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
          'application/json': components['schemas']['RequestDetail'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  approve_destruction: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewApproval'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DestructionRequestView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description retention.account_too_new, retention.expired, retention.same_person, retention.wrong_state */
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
      /** @description auth.wrong_password, input.invalid */
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
  destroy_records: {
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
          'application/json': components['schemas']['DestructionRequestView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description retention.approval_void, retention.expired, retention.wrong_state */
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
  refuse_destruction: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewRefusal'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DestructionRequestView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description retention.expired, retention.wrong_state */
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
  withdraw_destruction: {
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
          'application/json': components['schemas']['DestructionRequestView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description retention.expired, retention.wrong_state */
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
  remove_schedule_exception: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
  sign_in_by_passkey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PasskeyAnswer'];
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
      /** @description auth.origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description passkey.unavailable */
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
      /** @description input.invalid, passkey.refused */
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
  begin_passkey_sign_in: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyChallenge'];
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
      /** @description passkey.unavailable */
      409: {
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
  prove_session: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewProof'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionProof'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description second_factor.wrong_state */
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
      /** @description auth.wrong_password, input.invalid, second_factor.wrong */
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
  prove_session_by_passkey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PasskeyAnswer'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionProof'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description passkey.unavailable */
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
      /** @description input.invalid, passkey.refused */
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
  begin_passkey_proof: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyChallenge'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description passkey.unavailable, second_factor.wrong_state */
      409: {
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
  read_second_factor: {
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
          'application/json': components['schemas']['SecondFactorView'];
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
  give_second_factor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SecondFactorCode'];
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
      /** @description second_factor.wrong_state */
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
      /** @description input.invalid, second_factor.wrong */
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
  confirm_second_factor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SecondFactorCode'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecondFactorConfirmed'];
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
      /** @description second_factor.wrong_state */
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
      /** @description input.invalid, second_factor.wrong */
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
  give_passkey_factor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PasskeyAnswer'];
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
      /** @description passkey.unavailable, second_factor.wrong_state */
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
      /** @description input.invalid, passkey.refused */
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
  begin_passkey_factor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyChallenge'];
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
      /** @description passkey.unavailable, second_factor.wrong_state */
      409: {
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
  new_recovery_codes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SecondFactorCode'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecoveryCodes'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description second_factor.wrong_state */
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
      /** @description input.invalid, second_factor.wrong */
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
  set_up_second_factor: {
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
          'application/json': components['schemas']['SecondFactorSecret'];
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
      /** @description second_factor.wrong_state */
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
  begin_sign_on: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignOnBegun'];
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
      /** @description sign_on.unavailable */
      409: {
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
  finish_sign_on: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignOnAnswer'];
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
      /** @description auth.origin, sign_on.unknown */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description sign_on.unavailable */
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
      /** @description input.invalid, sign_on.refused */
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
      /** @description auth.second_factor_pending */
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
      /** @description auth.csrf, auth.origin, auth.second_factor_pending */
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
  list_specialties: {
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
          'application/json': components['schemas']['Specialties'];
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
  read_till: {
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
          'application/json': components['schemas']['TillView'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  list_waitlist: {
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
          'application/json': components['schemas']['Waitlist'];
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
      /** @description auth.forbidden, auth.second_factor_pending */
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
  join_waitlist: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewWaitlistEntry'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WaitlistEntryView'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description family.of_age, waitlist.too_many */
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
      /** @description idempotency.reused, input.invalid */
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
  leave_waitlist: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description waitlist.wrong_state */
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
  change_weekly_hours: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewWeeklyHours'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WeeklyHours'];
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
      /** @description schedule.overlap */
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
  remove_weekly_hours: {
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
      /** @description auth.csrf, auth.forbidden, auth.origin, auth.second_factor_pending */
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
