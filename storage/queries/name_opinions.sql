-- name: name_opinion_insert
insert into name_opinion (id, identity_check_id, register, opinion, reference, given_at)
values (%(id)s, %(check_id)s, %(register)s, %(opinion)s, %(reference)s, %(at)s);

-- name: name_opinion_latest
select distinct on (o.identity_check_id) o.identity_check_id, o.register, o.opinion, o.reference, o.given_at
from name_opinion o
where o.identity_check_id = any(%(check_ids)s::uuid[])
order by o.identity_check_id, o.given_at desc, o.id desc;

-- name: name_opinion_asked
update identity_check set asked_at = %(at)s, asked_times = asked_times + 1 where id = %(check_id)s;

-- name: name_opinion_ask_again
-- Documents about which nobody was asked, and those whose question stayed without an answer.
with unheard as (
    select c.id from identity_check c
    where c.state = 'waiting' and (
        c.asked_at is null
        or (c.asked_at <= %(asked_before)s and 'unavailable' = (
            select o.opinion from name_opinion o
            where o.identity_check_id = c.id
            order by o.given_at desc, o.id desc
            limit 1
        ))
    )
    order by c.submitted_at
    limit %(limit)s
    for update skip locked
)
update identity_check c
set asked_at = %(now)s, asked_times = c.asked_times + 1
from unheard
where c.id = unheard.id
returning c.id, c.asked_times;
