-- Two logins: the owner, who migrates, and the server's own, which owns nothing. What the server's login may do
-- with each table is decided in storage/grants.py: `televisit migrate` grants it, as the owner.
-- Variables: database, owner, owner_password, app, app_password.
create role :"owner" login password :'owner_password';
create role :"app" login password :'app_password';
alter database :"database" owner to :"owner";
revoke all on database :"database" from public;
grant connect on database :"database" to :"app";
revoke create on schema public from public;
grant usage on schema public to :"app";
