-- The archive. What is in the log is inserted and never changed; heads, keys and the tree's edge move, and stand
-- outside the log: from what is inside they can be found again.

-- One data key for each consultation, wrapped by a key-encryption key. Destroying it destroys every body.
create table archive_key (
    conversation_id uuid primary key,
    kek text not null check (length(kek) between 1 and 120),
    wrapped bytea check (octet_length(wrapped) between 60 and 1024),
    created_at timestamptz not null,
    destroyed_at timestamptz,
    check ((wrapped is null) = (destroyed_at is not null))
);
create index archive_key_kek on archive_key (kek) where wrapped is not null;

-- The end of a conversation. An addendum is a conversation of its own, sealed with the key of the one it belongs to.
create table archive_head (
    conversation_id uuid primary key,
    addendum_to uuid unique references archive_key,
    size bigint not null check (size >= 0),
    last_hash bytea not null check (octet_length(last_hash) = 32)
);

create table archive_entry (
    conversation_id uuid not null,
    seq bigint not null check (seq > 0),
    message_id uuid not null,
    author text not null,
    kind text not null,
    recorded_at timestamptz not null,
    sealed bytea not null check (octet_length(sealed) between 28 and 65564),
    commitment bytea not null check (octet_length(commitment) = 32),
    entry_hash bytea not null check (octet_length(entry_hash) = 32),
    -- Which transaction brought it: with the snapshot's oldest running one the sealer looks at what is new alone.
    tx xid8 not null default pg_current_xact_id(),
    primary key (conversation_id, seq),
    unique (conversation_id, author, message_id)
);
create index archive_entry_tx on archive_entry (tx);

-- Where an entry stands in the tree of all entries (RFC 6962).
create table archive_leaf (
    index bigint primary key check (index >= 0),
    conversation_id uuid not null,
    seq bigint not null,
    unique (conversation_id, seq),
    foreign key (conversation_id, seq) references archive_entry
);

-- Full tiles (C2SP tlog-tiles): 256 hashes each.
create table archive_tile (
    level smallint not null check (level between 0 and 7),
    n bigint not null check (n >= 0),
    hashes bytea not null check (octet_length(hashes) = 8192),
    primary key (level, n)
);

-- A log that had to begin anew after a restored backup has a new origin: old and new are never confused.
create table archive_epoch (
    number integer primary key check (number > 0),
    origin text not null unique check (length(origin) between 1 and 255),
    log_key text not null,
    first_size bigint not null check (first_size >= 0),
    missing_from bigint,
    missing_to bigint check (missing_to >= missing_from),
    reason text not null,
    approved_by uuid references account,
    approved_too_by uuid references account,
    began_at timestamptz not null,
    check ((number = 1) = (approved_by is null)),
    check ((number = 1) = (approved_too_by is null)),
    check (approved_by <> approved_too_by)
);

-- The tree's right edge: one row. edge[l + 1] holds the hashes of the partial tile of level l.
create table archive_tree (
    one boolean primary key default true check (one),
    epoch integer not null references archive_epoch,
    size bigint not null check (size >= 0),
    root bytea not null check (octet_length(root) = 32),
    edge bytea[] not null
);

create table archive_checkpoint (
    epoch integer not null references archive_epoch,
    size bigint not null check (size >= 0),
    root bytea not null check (octet_length(root) = 32),
    note text not null,
    signed_at timestamptz not null,
    primary key (epoch, size)
);

create table archive_cosignature (
    epoch integer not null,
    size bigint not null,
    witness text not null check (length(witness) between 1 and 255),
    line text not null,
    received_at timestamptz not null,
    primary key (epoch, size, witness),
    foreign key (epoch, size) references archive_checkpoint
);

create trigger archive_entry_insert_only before update or delete or truncate on archive_entry
    for each statement execute function refuse_change();
create trigger archive_leaf_insert_only before update or delete or truncate on archive_leaf
    for each statement execute function refuse_change();
create trigger archive_tile_insert_only before update or delete or truncate on archive_tile
    for each statement execute function refuse_change();
create trigger archive_epoch_insert_only before update or delete or truncate on archive_epoch
    for each statement execute function refuse_change();

-- The first epoch begins by itself, as the log does. Another one is the owner's to begin, when two people ask for it.
create function refuse_epoch() returns trigger language plpgsql as $$
begin
    if new.number > 1 and not pg_has_role(
        current_user, (select c.relowner from pg_class c where c.oid = tg_relid), 'USAGE'
    ) then
        raise exception 'a new epoch is begun by the owner of the log alone'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
create trigger archive_epoch_by_owner before insert on archive_epoch
    for each row execute function refuse_epoch();

create trigger archive_checkpoint_insert_only before update or delete or truncate on archive_checkpoint
    for each statement execute function refuse_change();
create trigger archive_cosignature_insert_only before update or delete or truncate on archive_cosignature
    for each statement execute function refuse_change();
create trigger archive_head_keeps before delete or truncate on archive_head
    for each statement execute function refuse_change();
create trigger archive_key_keeps before delete or truncate on archive_key
    for each statement execute function refuse_change();
create trigger archive_tree_keeps before delete or truncate on archive_tree
    for each statement execute function refuse_change();
