-- Signing in at a provider of OpenID Connect.
-- The name there is what an administrator writes down; issuer and subject are what the account is known by since the
-- first sign-in.
alter table people add column openid_name text;
alter table people add column openid_issuer text;
alter table people add column openid_subject text;
create unique index people_by_openid_name on people (openid_name);
create unique index people_by_openid_subject on people (openid_issuer, openid_subject);
