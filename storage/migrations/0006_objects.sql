-- Files: what was put into the object store, for which entry, and what was removed again. All of it is fact: rows
-- are inserted and never changed. Names, kinds and digests of the files themselves are in the sealed entries alone.

-- Somebody began to put an object. Without an entry that names it, it is removed after a while.
create table object (
    id uuid primary key,
    conversation_id uuid not null references consultation,
    message_id uuid not null,
    account_id uuid not null references account,
    begun_at timestamptz not null
);
create index object_conversation on object (conversation_id);
create index object_begun on object (begun_at);

-- The entry that names an object, and what lies in the store: encrypted bytes, so that anybody may know these.
create table object_kept (
    object_id uuid primary key references object,
    conversation_id uuid not null,
    seq bigint not null,
    sealed_digest bytea not null check (octet_length(sealed_digest) = 32),
    sealed_size bigint not null check (sealed_size > 0),
    unique (conversation_id, seq),
    foreign key (conversation_id, seq) references archive_entry
);

create table object_removed (
    object_id uuid primary key references object,
    why text not null check (why in ('orphan', 'destroyed')),
    removed_at timestamptz not null
);

create trigger object_insert_only before update or delete or truncate on object
    for each statement execute function refuse_change();
create trigger object_kept_insert_only before update or delete or truncate on object_kept
    for each statement execute function refuse_change();
create trigger object_removed_insert_only before update or delete or truncate on object_removed
    for each statement execute function refuse_change();
