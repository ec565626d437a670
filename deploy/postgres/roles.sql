-- Two logins: the owner, who migrates, and the server's own, which owns nothing. What the owner makes, the
-- server may read and write; it can neither change the schema nor switch off the triggers that keep the record.
-- Variables: database, owner, owner_password, app, app_password.
create role :"owner" login password :'owner_password';
create role :"app" login password :'app_password';
alter database :"database" owner to :"owner";
revoke all on database :"database" from public;
grant connect, temporary on database :"database" to :"app";
revoke create on schema public from public;
grant usage on schema public to :"app";
alter default privileges for role :"owner" in schema public grant select, insert, update, delete on tables to :"app";
alter default privileges for role :"owner" in schema public grant usage, select on sequences to :"app";
