/* One packet on one route of the native loop: put together, kept, protected, queued, sent. The rules are those of
 * media/route.py, rewriter.py, keyframe.py and packet_cache.py.
 */
#include "engine.h"

void rl_flush(struct rl_engine *engine) {
    int at = 0;
    while (at < engine->queued) {
        int fd = engine->out_of[at]->fd, end = at + 1;
        while (end < engine->queued && engine->out_of[end]->fd == fd) end++;
        while (at < end) {
            int sent = sendmmsg(fd, engine->out + at, (unsigned)(end - at), MSG_DONTWAIT);
            if (sent < 0 && errno == EINTR) continue;
            for (; sent > 0 && at < end; sent--, at++) {
                engine->out_of[at]->packets_out++;
                engine->out_of[at]->bytes_out += (int64_t)engine->out_parts[at].iov_len;
            }
            if (sent >= 0) continue;
            /* No route, a full buffer and a firewall are no faults of ours: the one is lost, the others go on. */
            if (errno == EAGAIN || errno == EWOULDBLOCK)
                engine->counters->send_full++;
            else
                engine->counters->send_errors++;
            engine->out_of[at++]->unsent++;
        }
    }
    engine->queued = 0;
}

static socklen_t write_address(struct sockaddr_in6 *to, const struct rl_address *address) {
    memset(to, 0, sizeof *to);
    if (address->family == AF_INET) {
        struct sockaddr_in v4;
        memset(&v4, 0, sizeof v4);
        v4.sin_family = AF_INET;
        v4.sin_port = address->port;
        memcpy(&v4.sin_addr, address->host, 4);
        memcpy(to, &v4, sizeof v4);
        return sizeof v4;
    }
    to->sin6_family = AF_INET6;
    to->sin6_port = address->port;
    to->sin6_scope_id = address->scope;
    memcpy(&to->sin6_addr, address->host, 16);
    return sizeof *to;
}

/* Protects and queues what was put together in the next place of the queue. */
static void send_packet(struct rl_engine *engine, struct rl_transport *to, int length) {
    uint8_t *packet = engine->out_packets[engine->queued];
    if (!to->outbound || to->path != RL_UDP) {
        to->unsent++;
        return;
    }
    int status = engine->protect(to->outbound, packet, &length);
    if (status || length <= 0 || length > PACKET_MAX + TRAILER) {
        to->refused++;
        to->unsent++;
        return;
    }
    int at = engine->queued++;
    engine->out_parts[at].iov_len = (size_t)length;
    engine->out_of[at] = to;
    engine->out[at].msg_hdr.msg_namelen = write_address(&engine->out_to[at], &to->address);
    if (engine->queued == RL_BATCH) rl_flush(engine);
}

/* Vp8Numbers.renumber: picture id and TL0PICIDX run on across switches. */
static void renumber(struct rl_route *route, uint8_t *payload, int length) {
    if (length < 3 || !(payload[0] & 0x80)) return;
    int flags = payload[1], at = 2;
    if (flags & 0x80) {
        int wide = payload[2] > 127, picture_at = at, mask = wide ? 0x7FFF : 0x7F;
        at += wide ? 2 : 1;
        if (at > length) return;
        int picture = wide ? (payload[picture_at] & 0x7F) << 8 | payload[picture_at + 1] : payload[picture_at];
        picture = (picture + route->picture_offset) & mask;
        if (wide) payload[picture_at + 1] = (uint8_t)picture;
        payload[picture_at] = (uint8_t)(wide ? 0x80 | picture >> 8 : picture);
        if (route->last_picture < 0 || ((picture - route->last_picture) & mask) <= mask >> 1)
            route->last_picture = picture;
    }
    if (flags & 0x40 && at < length) {
        int key = (payload[at] + route->key_offset) & 0xFF;
        payload[at] = (uint8_t)key;
        if (route->last_key < 0 || ((key - route->last_key) & 0xFF) < 0x80) route->last_key = key;
    }
}

void rl_forward(struct rl_engine *engine, struct rl_route *route, const struct packet *packet, const uint8_t *data,
                int vp8, int64_t now_ns) {
    struct rl_transport *to = route->to;
    int size = packet->end - packet->start, end = route->size + size;
    route->highest += (packet->sequence - route->highest) & 0xFFFF;
    uint32_t sequence = (uint32_t)(packet->sequence + route->sequence_offset) & 0xFFFF;
    uint32_t timestamp = packet->timestamp + (uint32_t)route->timestamp_offset;
    route->next = sequence + 1;
    route->last_timestamp = timestamp;
    route->sent_ns = now_ns;
    uint8_t *out = engine->out_packets[engine->queued];
    out[0] = route->tag ? 0x90 : 0x80;
    out[1] = packet->second;
    write16(out + 2, sequence);
    write32(out + 4, timestamp);
    write32(out + 8, route->ssrc);
    int64_t number = to->sent_next++;
    to->sent_ns[number & (RL_NUMBERS - 1)] = now_ns;
    to->sent_sizes[number & (RL_NUMBERS - 1)] = (uint16_t)end;
    to->sent_octets += end;
    if (route->tag) {
        write16(out + 12, 0xBEDE);
        write16(out + 14, route->words);
        out[16] = route->tag;
        write16(out + 17, (uint32_t)number);
        memcpy(out + 19, route->tail, (size_t)(route->size - 19));
        if (packet->level >= 0 && route->level_at) out[route->level_at] = (uint8_t)packet->level;
    }
    uint8_t *payload = out + route->size;
    memcpy(payload, data + packet->start, (size_t)size);
    if (vp8 && route->renumbers) renumber(route, payload, size);
    struct rl_kept *kept = &route->ring[sequence & (uint32_t)route->mask];
    kept->timestamp = timestamp;
    kept->sequence = (uint16_t)sequence;
    kept->length = (uint16_t)size;
    kept->second = packet->second;
    kept->used = 1;
    memcpy(kept->payload, payload, (size_t)size);
    route->newest = (int32_t)sequence;
    route->packets++;
    route->octets += size;
    send_packet(engine, to, end);
}
