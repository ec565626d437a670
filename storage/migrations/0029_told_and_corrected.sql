-- When a register that did not answer is asked about a document again: none while it is being asked, once it
-- has answered, and once nobody is asked any more.
alter table identity_check add column ask_again_at timestamptz;
update identity_check set ask_again_at = asked_at + interval '40 minutes'
where state = 'waiting' and asked_at is not null;

-- What a patient's name and birth date were before somebody corrected them: visits may have been booked, and
-- words been written, under them.
create table patient_correction (
    id uuid primary key,
    patient_id uuid not null references patient,
    name text not null,
    birth_date date not null,
    corrected_by uuid not null references account,
    corrected_at timestamptz not null
);
create index patient_correction_of on patient_correction (patient_id, corrected_at);
create trigger patient_correction_insert_only before update or delete or truncate on patient_correction
    for each statement execute function refuse_change();
