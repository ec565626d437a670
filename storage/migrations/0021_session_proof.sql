-- Re-authentication: when the owner of a session last gave all that signing in asks for. Before each session of
-- consultations the doctor gives it again (ID-2). Sessions that are open now have not given it.
alter table session add column proved_at timestamptz;

alter table passkey_challenge drop constraint passkey_challenge_purpose_check;
alter table passkey_challenge add constraint passkey_challenge_purpose_check
    check (purpose in ('add', 'sign-in', 'second-factor', 'prove'));
