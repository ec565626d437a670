/* The native loop of the relay: reads datagrams, and forwards by itself the packets that need no decision.
 *
 * A packet in order, of a stream that is known, on its way to routes that show that stream: all of it happens
 * here, on the memory that relay_loop.h shares with Python. Whatever else comes, and every packet that asks for
 * more than counting and copying, is handed to Python before anything of it was noted. Nothing is allocated while
 * packets flow, and there is no state but the engine's and the shared memory's. Every length comes from the network
 * and is checked before it is used. Keep each rule as the Python class has it that the memory is named after: one
 * set of tests runs over both.
 */
#include "engine.h"

#ifndef SO_TIMESTAMPNS
#define SO_TIMESTAMPNS 35
#endif

#define DROPOUT_MAX 3000
#define BACK_MAX 256
#define TICK_NS 250000
#define SPEECH_DBOV 50
/* srtp_err_status_t */
#define AUTH_FAILED 7
#define REPLAY_FAIL 9
#define REPLAY_OLD 10
#define PKT_IDX_OLD 26
/* media/rtp.py: what the number of an extension means. */
#define TRANSPORT_SEQUENCE 1
#define AUDIO_LEVEL 2

/* ---- One packet. */

static int take(struct rl_bucket *bucket, double count, double now) {
    if (now > bucket->at) {
        double tokens = bucket->tokens + (now - bucket->at) * bucket->rate;
        bucket->tokens = tokens < bucket->burst ? tokens : bucket->burst;
        bucket->at = now;
    }
    if (bucket->tokens < count) return 0;
    bucket->tokens -= count;
    return 1;
}

static void element(const uint8_t *data, int length, int meaning, struct packet *into) {
    if (meaning == TRANSPORT_SEQUENCE) {
        if (length >= 2) into->transport_sequence = read16(data);
    } else if (meaning == AUDIO_LEVEL && length >= 1) {
        into->level = data[0];
    }
}

/* Reads the header as media/rtp.py does; returns 0 for a malformed one. */
static int read_packet(const uint8_t *data, int length, const uint8_t *meanings, struct packet *into) {
    if (length < HEADER || length > RL_ROOM || (data[0] & 0xC0) != 0x80) return 0;
    into->second = data[1];
    into->sequence = read16(data + 2);
    into->timestamp = read32(data + 4);
    into->ssrc = read32(data + 8);
    into->transport_sequence = into->level = -1;
    int offset = HEADER + 4 * (data[0] & 15);
    if (data[0] & 0x10) {
        if (offset + 4 > length) return 0;
        int profile = read16(data + offset), at = offset + 4;
        offset = at + 4 * read16(data + offset + 2);
        if (offset > length) return 0;
        if (profile == 0xBEDE) {
            while (at < offset) {
                int tag = data[at++];
                if (tag < 0x10) {
                    at += tag ? tag + 1 : 0;
                    continue;
                }
                if (tag >= 0xF0) break;
                int size = (tag & 15) + 1;
                if (at + size > offset) return 0;
                element(data + at, size, meanings[tag >> 4], into);
                at += size;
            }
        } else if ((profile & 0xFFF0) == 0x1000) {
            while (at < offset) {
                int number = data[at++];
                if (!number) continue;
                if (at >= offset) return 0;
                int size = data[at++];
                if (at + size > offset) return 0;
                if (size) element(data + at, size, meanings[number], into);
                at += size;
            }
        }
    } else if (offset > length) {
        return 0;
    }
    into->start = offset;
    into->end = length;
    if (data[0] & 0x20) {
        int padding = data[length - 1];
        into->end = length - padding;
        if (!padding || into->end < offset) return 0;
    }
    return 1;
}

static void note_arrival(struct rl_transport *from, int sequence, int64_t arrival_ns, uint32_t ssrc) {
    int64_t extended;
    if (from->arrived_highest < 0) {
        extended = 0x10000 + sequence;
        from->arrived_highest = from->arrived_next = from->lowest_fresh = extended;
    } else {
        int64_t delta = (sequence - from->arrived_highest) & 0xFFFF;
        if (delta < 0x8000) {
            extended = from->arrived_highest += delta;
        } else {
            extended = from->arrived_highest + delta - 0x10000;
            if (extended < 0 || extended < from->arrived_next - BACK_MAX ||
                from->arrived_numbers[extended & (RL_NUMBERS - 1)] == extended)
                return;
        }
    }
    if (!from->fresh || extended < from->lowest_fresh) from->lowest_fresh = extended;
    from->arrived_numbers[extended & (RL_NUMBERS - 1)] = extended;
    from->arrived_ticks[extended & (RL_NUMBERS - 1)] = arrival_ns / TICK_NS;
    from->fresh++;
    from->arrived_ssrc = ssrc;
}

static void note_reception(struct rl_stream *stream, const struct packet *packet, int length, int64_t arrival_ns) {
    stream->received++;
    stream->octets += length;
    if (stream->highest < 0) {
        stream->highest = stream->start = 0x10000 + packet->sequence;
    } else {
        int64_t delta = (packet->sequence - stream->highest) & 0xFFFF;
        if (delta < 0x8000) stream->highest += delta;
    }
    if ((int64_t)packet->timestamp == stream->timestamp) return;
    int64_t step_ns = (int64_t)(int32_t)(packet->timestamp - (uint32_t)stream->timestamp) * SECOND_NS;
    /* Rounded down as Python does, also below zero. */
    int64_t rate = stream->clock_rate, rest = step_ns % rate;
    step_ns = step_ns / rate - (rest < 0);
    int64_t moved_ns = arrival_ns - stream->transit_ns - step_ns;
    if (moved_ns < 0) moved_ns = -moved_ns;
    if (stream->timestamp >= 0 && moved_ns < SECOND_NS) stream->jitter_ns += (moved_ns - stream->jitter_ns) >> 4;
    stream->timestamp = packet->timestamp;
    stream->transit_ns = arrival_ns;
}

static void note_voice(struct rl_transport *from, int level, int64_t now_ns) {
    double loud = level < SPEECH_DBOV ? SPEECH_DBOV - level : 0.0;
    from->loudness += (loud - from->loudness) * (1.0 / 16);
    from->voice_ns = now_ns;
}

/* Whether a route takes this packet: 1 yes, 0 it shows something else, -1 Python must decide. */
static int ready(const struct rl_route *route, const struct rl_stream *stream, const struct packet *packet) {
    if (route->source != stream->id) return route->target == stream->id && !stream->video ? -1 : 0;
    int64_t delta = (packet->sequence - route->highest) & 0xFFFF;
    int size = packet->end - packet->start;
    if (delta < 1 || delta > DROPOUT_MAX || route->to->path == RL_ELSEWHERE || route->size + size > PACKET_MAX) return -1;
    return 1;
}

static struct rl_stream *stream_of(const struct rl_transport *from, uint32_t ssrc) {
    for (int index = 0; index < from->stream_count; index++)
        if (from->streams[index]->ssrc == ssrc) return from->streams[index];
    return NULL;
}

/* Takes in a decrypted packet and forwards it; returns 0, with nothing noted, when Python must do it. */
int rl_take(struct rl_engine *engine, struct rl_transport *from, uint8_t *data, int length, int64_t arrival_ns,
            int64_t now_ns) {
    struct packet packet;
    if (!read_packet(data, length, from->meanings, &packet)) return 0;
    struct rl_stream *stream = stream_of(from, packet.ssrc);
    if (!stream || (stream->video && stream->wanted) || stream->nack_highest < 0) return 0;
    int size = packet.end - packet.start, type = stream->types[packet.second & 127];
    if (((packet.sequence - stream->nack_highest) & 0xFFFF) != 1 || !type || size < 1 || size > RL_PAYLOAD) return 0;
    uint32_t shown = 0;
    for (int index = 0; index < stream->route_count; index++) {
        int takes = ready(stream->routes[index], stream, &packet);
        if (takes < 0) return 0;
        shown |= (uint32_t)takes << index;
    }
    /* What is too much sound is dropped, and that is counted, by Python. */
    if (!stream->video && !(stream->allowance && take(stream->allowance, length, (double)now_ns / 1e9))) return 0;
    from->heard_ns = stream->heard_ns = now_ns;
    if (packet.transport_sequence >= 0) note_arrival(from, packet.transport_sequence, arrival_ns, packet.ssrc);
    note_reception(stream, &packet, length, arrival_ns);
    stream->nack_highest = packet.sequence;
    if (!stream->video && packet.level >= 0 && from->hears) note_voice(from, packet.level & 127, now_ns);
    for (int index = 0; index < stream->route_count; index++)
        if (shown >> index & 1) rl_forward(engine, stream->routes[index], &packet, data, type == 2, now_ns);
    return 1;
}

/* Deals with one datagram of a known address; returns what Python must do with it. */
static int receive(struct rl_engine *engine, struct rl_transport *from, uint8_t *data, int *length, int64_t arrival_ns,
                   double now, int64_t now_ns) {
    if (*length < HEADER || (data[0] & 0xC0) != 0x80 || !from->inbound) return RL_DATAGRAM;
    int reports = data[1] >= 192 && data[1] < 224;
    uint32_t ssrc = read32(data + (reports ? 4 : 8));
    /* Python knows how many sources one sender may have: those that it took nothing of yet are for it to judge. */
    const struct rl_stream *stream = stream_of(from, ssrc);
    if (!(stream && stream->nack_highest >= 0) && !(reports && from->reported && ssrc == from->reporter)) return RL_DATAGRAM;
    from->packets_in++;
    from->bytes_in += *length;
    if (!(take(&from->packets, 1, now) && take(&from->bytes, *length, now))) {
        from->throttled++;
        return RL_DONE;
    }
    int status = (reports ? engine->unprotect_reports : engine->unprotect)(from->inbound, data, length);
    if (status) {
        if (status == AUTH_FAILED)
            from->auth_failures++;
        else if (status == REPLAY_FAIL || status == REPLAY_OLD || status == PKT_IDX_OLD)
            from->replayed++;
        else
            from->refused++;
        return RL_DONE;
    }
    if (reports) return RL_REPORTS;
    if (!rl_take(engine, from, data, *length, arrival_ns, now_ns)) return RL_PACKET;
    engine->counters->fast++;
    return RL_DONE;
}

/* ---- A batch. */

static void read_address(struct rl_address *into, const struct sockaddr_in6 *from) {
    memset(into, 0, sizeof *into);
    into->family = from->sin6_family;
    into->port = from->sin6_port;
    if (from->sin6_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, from, sizeof v4);
        memcpy(into->host, &v4.sin_addr, 4);
    } else {
        into->scope = from->sin6_scope_id;
        memcpy(into->host, &from->sin6_addr, 16);
    }
}

static int64_t arrival_of(const struct rl_engine *engine, struct msghdr *header) {
    for (struct cmsghdr *one = CMSG_FIRSTHDR(header); one; one = CMSG_NXTHDR(header, one)) {
        if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SO_TIMESTAMPNS &&
            one->cmsg_len >= CMSG_LEN(sizeof(struct timespec))) {
            struct timespec at;
            memcpy(&at, CMSG_DATA(one), sizeof at);
            return at.tv_sec * SECOND_NS + at.tv_nsec + engine->offset_ns;
        }
    }
    return engine->read_ns;
}

/* Reads what waits, a batch at most, and returns how many there are; -1 when reading failed. */
int rl_fill(struct rl_engine *engine, int fd, int64_t offset_ns) {
    struct timespec clock;
    clock_gettime(CLOCK_MONOTONIC, &clock);
    engine->read_ns = clock.tv_sec * SECOND_NS + clock.tv_nsec;
    engine->offset_ns = offset_ns;
    engine->at = engine->count = 0;
    for (int index = 0; index < RL_BATCH; index++) {
        engine->in[index].msg_hdr.msg_namelen = sizeof(struct sockaddr_in6);
        engine->in[index].msg_hdr.msg_controllen = sizeof engine->in_control[index];
    }
    int count = recvmmsg(fd, engine->in, RL_BATCH, MSG_DONTWAIT, NULL);
    if (count < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return 0;
        engine->counters->receive_errors++;
        return -1;
    }
    engine->count = count;
    return count;
}

/* Goes on with the batch until Python has something to do, and says what; RL_DONE at its end. */
int rl_next(struct rl_engine *engine, struct rl_event *event, double now, int64_t now_ns) {
    while (engine->at < engine->count) {
        int slot = engine->at++, length = (int)engine->in[slot].msg_len, what = RL_DATAGRAM;
        if (length < 1 || length > DATAGRAM_MAX) {
            engine->counters->oversized++;
            continue;
        }
        read_address(&event->sender, &engine->in_from[slot]);
        event->arrival_ns = arrival_of(engine, &engine->in[slot].msg_hdr);
        event->slot = slot;
        if (engine->slots[slot][0] > 3) {
            struct rl_transport *from = rl_find(engine, &event->sender)->transport;
            if (from) {
                what = receive(engine, from, engine->slots[slot], &length, event->arrival_ns, now, now_ns);
                if (what == RL_DONE) continue;
            }
        }
        event->length = length;
        /* What Python sends next goes after what was forwarded before. */
        rl_flush(engine);
        return what;
    }
    rl_flush(engine);
    return RL_DONE;
}
