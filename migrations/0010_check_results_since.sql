-- Since when a check has had the result that it has.

alter table avow.check_results add column since timestamptz;
update avow.check_results set since = observed_at;
alter table avow.check_results alter column since set not null;
