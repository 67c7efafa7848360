-- What was known when an embargo was ended early: sealed under the report's key, for every party to read.
alter table avow.embargoes add column ended_note bytea;
