-- Patients are listed by name, page by page.
create index patient_name on patient (name, id);
