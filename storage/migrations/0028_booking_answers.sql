-- What a patient says before a time is booked: which red-flag questions were answered, and what there is of an
-- earlier diagnosis (FU-1). It stays with the appointment when it is moved or booked anew.
-- Unknown of visits that the staff enters, and of a seat offered from the waitlist until its patient answers.

alter table appointment
    add column red_flags text check (length(red_flags) between 1 and 40),
    add column diagnosis text check (diagnosis in ('documents', 'earlier_visit', 'none')),
    add constraint appointment_answered check ((red_flags is null) = (diagnosis is null));
