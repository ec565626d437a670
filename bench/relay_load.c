/* The load of the relay benchmark: see relay_load.h. Every server gets the same from it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>

#include "relay_load.h"

#define SECOND 1000000000LL
#define AUDIO 111
#define VIDEO 96
#define EXT_TRANSPORT 3
#define EXT_LEVEL 1
#define EXT_MID 4
#define VIDEO_BYTES 1088
#define AUDIO_BYTES 120
#define FRAME_PACKETS 5
#define FRAME_NS (SECOND / 30)
#define SOUND_NS (SECOND / 50)
#define TELL_NS (SECOND / 10)
#define REPORTS_NS SECOND
#define KEYFRAMES_NS (10 * SECOND)
#define NACK_EACH 100
#define TIMED_EACH 16
#define TICK_NS 250000
/* Reports tell of a network between: Janus keeps nothing to repeat while a round trip takes nothing. */
#define ROUND_TRIP_NS (SECOND / 50)
#define NTP_EPOCH 2208988800ULL
#define BATCH 32
#define STAMP 35 /* SCM_TIMESTAMPNS */

typedef int (*crypt_t)(void *session, void *packet, int *length);

static int64_t now_ns(clockid_t which)
{
    struct timespec at;
    clock_gettime(which, &at);
    return at.tv_sec * SECOND + at.tv_nsec;
}

static void put16(uint8_t *at, uint32_t value)
{
    at[0] = value >> 8;
    at[1] = value;
}
static void put32(uint8_t *at, uint32_t value) { put16(at, value >> 16); put16(at + 2, value); }
static uint32_t get16(const uint8_t *at) { return (uint32_t)at[0] << 8 | at[1]; }
static uint32_t get32(const uint8_t *at) { return get16(at) << 16 | get16(at + 2); }

int64_t bl_sizes(void) { return (int64_t)sizeof(struct bl_load) * 100003 + sizeof(struct bl_leg); }

int bl_add(struct bl_load *load, struct bl_leg *leg, int viewers, double phase)
{
    if (load->leg_count == BL_LEGS) { errno = ENOSPC; return -1; }
    struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = load->leg_count}};
    if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, leg->fd, &event)) return -1;
    int64_t now = now_ns(CLOCK_MONOTONIC), *due = load->due_ns + 3 * load->leg_count;
    for (int i = 0; i < BL_OUTS; i++) {
        int64_t period = leg->out[i].video ? FRAME_NS : SOUND_NS;
        due[i] = i < leg->out_count ? now + (int64_t)(phase * period) : INT64_MAX;
    }
    memset(leg->ticks, 255, sizeof leg->ticks);
    leg->told = leg->highest = -1;
    due[2] = now + (int64_t)(phase * TELL_NS);
    leg->reports_ns = now + (int64_t)(phase * REPORTS_NS);
    leg->keyframes_ns = now + (int64_t)(phase * KEYFRAMES_NS);
    load->viewers[load->leg_count] = viewers;
    load->legs[load->leg_count++] = leg;
    return 0;
}

void bl_reset(struct bl_load *load)
{
    memset(&load->counts, 0, sizeof load->counts);
    for (int i = 0; i < load->leg_count; i++)
        for (int j = 0; j < load->legs[i]->in_count; j++) {
            struct bl_in *in = &load->legs[i]->ins[j];
            in->first = in->highest + 1;
            in->packets = 0;
        }
}

/* ---- sending ---- */

static int packet(struct bl_leg *leg, struct bl_out *out, uint8_t *at, int place)
{
    int length = out->video ? VIDEO_BYTES : AUDIO_BYTES, last = place == FRAME_PACKETS - 1;
    at[0] = 0x90;
    at[1] = out->video ? VIDEO | (last ? 0x80 : 0) : AUDIO;
    put16(at + 2, out->sequence++);
    put32(at + 4, out->timestamp);
    put32(at + 8, out->ssrc);
    uint8_t *element = at + 16;
    *element++ = EXT_TRANSPORT << 4 | 1;
    put16(element, leg->transport_sequence++);
    element += 2;
    *element++ = EXT_MID << 4 | (out->mid_length - 1);
    memcpy(element, out->mid, out->mid_length);
    element += out->mid_length;
    if (!out->video) {
        *element++ = EXT_LEVEL << 4;
        *element++ = 0x80 | 40;
    }
    while ((element - at) % 4) *element++ = 0;
    put16(at + 12, 0xBEDE);
    put16(at + 14, (element - at - 16) / 4);
    memset(element, 0x55, at + length - element);
    if (out->video) {
        static const uint8_t key[] = {0x10, 0, 0, 0x9d, 1, 0x2a, 0, 5, 0xd0, 2}, delta[10] = {0x11};
        *element++ = place ? 0x80 : 0x90;
        *element++ = 0x80;
        put16(element, 0x8000 | out->picture);
        element += 2;
        if (!place) memcpy(element, out->keyframe ? key : delta, 10), out->keyframe = 0;
    }
    int64_t stamp = now_ns(CLOCK_REALTIME);
    memcpy(at + length - 8, &stamp, 8);
    out->packets++;
    out->octets += length;
    return length;
}

static void send_due(struct bl_load *load, int index, int which)
{
    static uint8_t room[FRAME_PACKETS][BL_ROOM];
    struct bl_leg *leg = load->legs[index];
    struct bl_out *out = &leg->out[which];
    int count = out->video ? FRAME_PACKETS : 1, ready = 0;
    out->timestamp += out->video ? 3000 : 960;
    out->picture = (out->picture + 1) & 0x7FFF;
    struct mmsghdr messages[FRAME_PACKETS] = {0};
    struct iovec vectors[FRAME_PACKETS];
    for (int place = 0; place < count; place++) {
        int length = packet(leg, out, room[ready], place);
        if (((crypt_t)load->functions[0])(leg->outbound, room[ready], &length)) continue;
        vectors[ready] = (struct iovec){room[ready], length};
        messages[ready].msg_hdr.msg_iov = &vectors[ready];
        messages[ready].msg_hdr.msg_iovlen = 1;
        ready++;
    }
    int sent = sendmmsg(leg->fd, messages, ready, MSG_DONTWAIT);
    if (sent < 0) sent = 0;
    load->counts.sent += sent;
    load->counts.unsent += count - sent;
    load->counts.owed += (int64_t)sent * load->viewers[index];
}

static void send_rtcp(struct bl_load *load, struct bl_leg *leg, uint8_t *at, int length)
{
    if (((crypt_t)load->functions[2])(leg->outbound, at, &length)) return;
    if (send(leg->fd, at, length, MSG_DONTWAIT) < 0) load->counts.unsent++;
}

static int receiver_report(struct bl_leg *leg, struct bl_in *in, uint8_t *at)
{
    int64_t delay = in->report ? now_ns(CLOCK_MONOTONIC) - in->reported_ns - ROUND_TRIP_NS : 0;
    delay = delay > 0 ? delay * 65536 / SECOND : 0;
    uint32_t words[] = {0x81C90007, leg->own, in->ssrc, 0, in->highest, 20, in->report, delay};
    for (int i = 0; i < 8; i++) put32(at + 4 * i, words[i]);
    return 32;
}

/* A NACK for one number (or, with -1, a PLI) behind the report that a compound packet begins with. */
static void ask(struct bl_load *load, struct bl_leg *leg, struct bl_in *in, int number)
{
    uint8_t at[BL_ROOM];
    int length = receiver_report(leg, in, at);
    put32(at + length, number < 0 ? 0x81CE0002 : 0x81CD0003);
    put32(at + length + 4, leg->own);
    put32(at + length + 8, in->ssrc);
    if (number >= 0) put32(at + length + 12, (uint32_t)number << 16);
    send_rtcp(load, leg, at, length + (number < 0 ? 12 : 16));
    load->counts.rr_sent++;
    if (number < 0) load->counts.pli_sent++; else load->counts.nack_sent++;
}

static void sender_report(struct bl_load *load, struct bl_leg *leg, struct bl_out *out)
{
    uint8_t at[BL_ROOM];
    int64_t now = now_ns(CLOCK_REALTIME);
    uint32_t words[] = {0x80C80006, out->ssrc, now / SECOND + NTP_EPOCH,
                        ((uint64_t)(now % SECOND) << 32) / SECOND, out->timestamp, out->packets, out->octets};
    for (int i = 0; i < 7; i++) put32(at + 4 * i, words[i]);
    send_rtcp(load, leg, at, 28);
    load->counts.sr_sent++;
}

/* Tell all numbers since the last time (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
static void transport_feedback(struct bl_load *load, struct bl_leg *leg)
{
    uint8_t at[BL_ROOM], deltas[2 * BL_NUMBERS], symbols[BL_NUMBERS + 8] = {0};
    int64_t count = leg->highest - leg->told, reference = -1, previous = 0;
    int delta_length = 0, length = 20;
    for (int i = 0; i < count; i++) {
        int64_t *tick = &leg->ticks[(leg->told + 1 + i) & (BL_NUMBERS - 1)];
        if (*tick < 0) continue;
        if (reference < 0) reference = *tick / 256, previous = reference * 256;
        int64_t delta = *tick - previous;
        previous = *tick;
        *tick = -1;
        if (delta >= 0 && delta < 256) {
            symbols[i] = 1;
            deltas[delta_length++] = delta;
        } else {
            symbols[i] = 2;
            put16(deltas + delta_length, delta);
            delta_length += 2;
        }
        load->counts.twcc_told++;
    }
    for (int i = 0; i < count; length += 2) {
        int run = 1;
        while (i + run < count && symbols[i + run] == symbols[i]) run++;
        if (run >= 7 || i + run == count) {
            put16(at + length, symbols[i] << 13 | run);
            i += run;
        } else {
            int chunk = 3;
            for (int j = 0; j < 7; j++) chunk = chunk << 2 | (i + j < count ? symbols[i + j] : 0);
            put16(at + length, chunk);
            i += 7;
        }
    }
    memcpy(at + length, deltas, delta_length);
    length += delta_length;
    int padding = -length & 3;
    memset(at + length, 0, padding);
    if (padding) at[length + padding - 1] = padding;
    length += padding;
    put32(at, 0x8FCD0000 | (padding ? 0x20000000 : 0) | (length / 4 - 1));
    put32(at + 4, leg->own);
    put32(at + 8, leg->transport_ssrc);
    put16(at + 12, leg->told + 1);
    put16(at + 14, count);
    put32(at + 16, (uint32_t)reference << 8 | leg->feedback_count++);
    leg->told = leg->highest;
    send_rtcp(load, leg, at, length);
    load->counts.twcc_sent++;
}

static void tell(struct bl_load *load, int index, int64_t now)
{
    struct bl_leg *leg = load->legs[index];
    if (now >= leg->reports_ns) {
        leg->reports_ns += (now - leg->reports_ns) / REPORTS_NS * REPORTS_NS + REPORTS_NS;
        for (int i = 0; i < leg->out_count; i++) sender_report(load, leg, &leg->out[i]);
        for (int i = 0; i < leg->in_count; i++) {
            uint8_t at[BL_ROOM];
            send_rtcp(load, leg, at, receiver_report(leg, &leg->ins[i], at));
            load->counts.rr_sent++;
        }
    }
    if (now >= leg->keyframes_ns) {
        leg->keyframes_ns += (now - leg->keyframes_ns) / KEYFRAMES_NS * KEYFRAMES_NS + KEYFRAMES_NS;
        for (int i = 0; i < leg->in_count; i++)
            if (leg->ins[i].video) ask(load, leg, &leg->ins[i], -1);
    }
    if (leg->highest > leg->told) transport_feedback(load, leg);
}

/* ---- reading ---- */

static void arrived(struct bl_leg *leg, const uint8_t *at, uint32_t ssrc, int64_t arrival_ns)
{
    if (get16(at + 12) != 0xBEDE) return;
    const uint8_t *one = at + 16, *end = one + 4 * get16(at + 14);
    for (; one < end; one += *one ? 2 + (*one & 15) : 1) {
        if (*one >> 4 != leg->transport_number) continue;
        int64_t number = get16(one + 1);
        leg->transport_ssrc = ssrc;
        if (leg->highest < 0) {
            leg->told = number - 1 + 0x10000;
            leg->highest = leg->told;
        }
        number = leg->highest + (int16_t)(number - leg->highest);
        if (number <= leg->told || number - leg->told >= BL_NUMBERS - 8) return;
        if (number > leg->highest) leg->highest = number;
        leg->ticks[number & (BL_NUMBERS - 1)] = arrival_ns / TICK_NS;
        return;
    }
}

static void take_rtp(struct bl_load *load, struct bl_leg *leg, uint8_t *at, int length, int64_t arrival_ns)
{
    struct bl_counts *counts = &load->counts;
    int kind = at[1] & 0x7F, video = kind == VIDEO;
    uint32_t ssrc = get32(at + 8), sequence = get16(at + 2);
    if (at[0] & 0x10) arrived(leg, at, ssrc, arrival_ns);
    if ((kind != AUDIO && !video) || at[0] & 0x20) { counts->repeated++; return; }
    struct bl_in *in = leg->ins, *end = in + leg->in_count;
    while (in < end && in->ssrc != ssrc) in++;
    if (in == end) {
        if (leg->in_count == BL_INS) return;
        leg->in_count++;
        *in = (struct bl_in){.ssrc = ssrc, .video = video, .highest = sequence, .first = sequence, .packets = 1};
    } else {
        int forward = (uint16_t)(sequence - in->highest);
        if (!forward || forward >= 0x8000) { counts->repeated++; return; }
        in->highest += forward;
        in->packets++;
    }
    counts->got++;
    if (video && sequence % NACK_EACH == 0) ask(load, leg, in, sequence);
    if (sequence % TIMED_EACH == 0 && counts->late_count < BL_LATE) {
        int64_t stamp;
        memcpy(&stamp, at + length - 8, 8);
        counts->late_ns[counts->late_count++] = arrival_ns > stamp ? arrival_ns - stamp : 0;
    }
}

static void take_rtcp(struct bl_load *load, struct bl_leg *leg, const uint8_t *at, int length)
{
    struct bl_counts *counts = &load->counts;
    for (const uint8_t *end = at + length; at + 8 <= end; at += 4 + 4 * get16(at + 2)) {
        int kind = at[1], format = at[0] & 31;
        if (kind == 200) {
            counts->sr_got++;
            for (int i = 0; i < leg->in_count && at + 28 <= end; i++)
                if (leg->ins[i].ssrc == get32(at + 4)) {
                    leg->ins[i].report = get32(at + 10);
                    leg->ins[i].reported_ns = now_ns(CLOCK_MONOTONIC);
                }
        }
        counts->rr_got += kind == 201;
        counts->nack_got += kind == 205 && format == 1;
        counts->twcc_got += kind == 205 && format == 15;
        counts->pli_got += kind == 206 && format == 1;
        counts->fir_got += kind == 206 && format == 4;
        counts->remb_got += kind == 206 && format == 15;
        if (kind == 206 && (format == 1 || format == 4))
            for (int i = 0; i < leg->out_count; i++) leg->out[i].keyframe = leg->out[i].video;
    }
}

static void take(struct bl_load *load, int index, uint8_t *at, int length, int64_t arrival_ns)
{
    struct bl_leg *leg = load->legs[index];
    if (length > 12 && at[0] >= 128) {
        int reports = at[1] >= 192 && at[1] <= 223;
        int status = ((crypt_t)load->functions[reports ? 3 : 1])(leg->inbound, at, &length);
        if (status == 9 || status == 10) load->counts.repeated++; /* The very same packet again. */
        else if (status) load->counts.refused++;
        else if (reports) take_rtcp(load, leg, at, length);
        else take_rtp(load, leg, at, length, arrival_ns);
    } else if (length >= 20 && !at[0] && at[1] == 1 && load->handed_count < BL_HANDED) {
        /* A check of the server's own. */
        struct bl_handed *handed = &load->handed[load->handed_count++];
        handed->leg = index;
        handed->length = length;
        memcpy(handed->bytes, at, length);
    }
}

static void read_leg(struct bl_load *load, int index)
{
    static uint8_t room[BATCH][BL_ROOM];
    static char control[BATCH][64];
    struct mmsghdr messages[BATCH];
    struct iovec vectors[BATCH];
    for (int i = 0; i < BATCH; i++) {
        vectors[i] = (struct iovec){room[i], BL_ROOM};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1,
                                              .msg_control = control[i], .msg_controllen = 64};
    }
    int count = recvmmsg(load->legs[index]->fd, messages, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; i++) {
        struct cmsghdr *head = CMSG_FIRSTHDR(&messages[i].msg_hdr);
        int64_t arrival_ns = 0;
        if (head && head->cmsg_type == STAMP) {
            struct timespec at;
            memcpy(&at, CMSG_DATA(head), sizeof at);
            arrival_ns = at.tv_sec * SECOND + at.tv_nsec;
        }
        take(load, index, room[i], messages[i].msg_len, arrival_ns ? arrival_ns : now_ns(CLOCK_REALTIME));
    }
}

int bl_run(struct bl_load *load, int64_t until_ns)
{
    struct epoll_event ready[64];
    while (!load->stop && !load->handed_count) {
        int64_t now = now_ns(CLOCK_MONOTONIC), next = until_ns;
        if (now >= until_ns) return 0;
        for (int i = 0; i < 3 * load->leg_count; i++) {
            int64_t *due = &load->due_ns[i];
            if (*due <= now) {
                if (i % 3 == 2) {
                    tell(load, i / 3, now);
                    *due += TELL_NS;
                } else {
                    send_due(load, i / 3, i % 3);
                    *due += load->legs[i / 3]->out[i % 3].video ? FRAME_NS : SOUND_NS;
                }
                /* After a pause it does not catch up. */
                if (*due < now - SECOND / 5) *due += (now - *due) / TELL_NS * TELL_NS;
            }
            if (*due < next) next = *due;
        }
        now = now_ns(CLOCK_MONOTONIC);
        int64_t wait = next > now ? next - now : 0;
        struct timespec timeout = {wait / SECOND, wait % SECOND};
        int count = epoll_pwait2(load->epoll, ready, 64, &timeout, NULL);
        if (count < 0 && errno != EINTR) return -1;
        for (int i = 0; i < count; i++) read_leg(load, ready[i].data.u32);
    }
    return 0;
}
