-- A doctor may end a visit as not suitable online before admitting the patient: then nobody was ever admitted.
alter table consultation drop constraint consultation_check1;
alter table consultation add constraint consultation_begun check (
    (state <> 'in-progress' or admitted_at is not null)
    and (state <> 'finished' or admitted_at is not null or arrived_at is not null)
);
