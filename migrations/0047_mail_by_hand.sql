-- A mail that somebody of the team brought in as a file: kept before it is taken apart, with whoever brought it.
alter table avow.messages add column brought_by text;
alter table avow.messages drop constraint messages_became_check,
  add constraint messages_became_check check (became in ('report', 'answer', 'someone-else', 'bounce', 'automatic', 'quarantined', 'under-way')),
  add constraint messages_under_way check (became <> 'under-way' or brought_by is not null);
create index messages_brought on avow.messages (organization_id, received_at) where brought_by is not null;
