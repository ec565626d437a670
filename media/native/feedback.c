/* Transport-wide feedback for the native loop: what a subscriber's report says of what was sent to it, the trend
 * of the delays in it, and our own report to a publisher. The rules are those of media/transport_feedback.py,
 * sent_packets.py, delay_trend.py and arrival_feedback.py. Reports come from the network: arithmetic on their
 * times wraps, lengths are checked.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "relay_loop.h"

#define MASK (RL_NUMBERS - 1)
#define STATUSES_MAX 4096
#define TICK_NS 250000
#define TICKS_MAX (1LL << 32)
#define SMALL 1
#define LARGE 2
#define RUN_MAX 0x1FFF
#define VECTOR 7
#define GROUP_NS 5000000

static int64_t difference(int64_t a, int64_t b) { return (int64_t)((uint64_t)a - (uint64_t)b); }

static int in_order(const void *a, const void *b) {
    const int64_t *left = a, *right = b;
    for (int index = 0; index < 4; index++)
        if (left[index] != right[index]) return left[index] < right[index] ? -1 : 1;
    return 0;
}

/* Reads a report's body into ticks, -1 for what did not come; returns how many, or -1 when it is malformed. */
static int read_ticks(const uint8_t *body, int length, int64_t *ticks) {
    uint8_t symbols[STATUSES_MAX];
    if (length < 16) return -1;
    int total = body[10] << 8 | body[11], at = 16, known = 0;
    if (total < 1 || total > STATUSES_MAX) return -1;
    while (known < total) {
        if (at + 2 > length) return -1;
        int chunk = body[at] << 8 | body[at + 1];
        at += 2;
        if (chunk < 0x8000) {
            int run = chunk & RUN_MAX;
            if (!run) return -1;
            while (run-- && known < total) symbols[known++] = (uint8_t)(chunk >> 13);
        } else if (chunk < 0xC000) {
            for (int shift = 13; shift >= 0 && known < total; shift--) symbols[known++] = chunk >> shift & 1;
        } else {
            for (int shift = 12; shift >= 0 && known < total; shift -= 2) symbols[known++] = chunk >> shift & 3;
        }
    }
    int64_t tick = (int64_t)(body[12] << 16 | body[13] << 8 | body[14]) * 256;
    for (int index = 0; index < total; index++) {
        if (symbols[index] == SMALL && at < length) {
            tick += body[at++];
        } else if (symbols[index] == LARGE && at + 2 <= length) {
            tick += (int16_t)(body[at] << 8 | body[at + 1]);
            at += 2;
        } else if (!symbols[index]) {
            ticks[index] = -1;
            continue;
        } else {
            return -1;
        }
        ticks[index] = tick > 0 ? tick : 0;
    }
    return total;
}

/* What must be added to ticks whose reference turns over every twelve days. */
static int64_t epoch_of(struct rl_transport *transport, const int64_t *ticks, int count) {
    int index = 0;
    while (index < count && ticks[index] < 0) index++;
    if (index == count) return 0;
    int64_t tick = ticks[index], known = transport->told_ticks;
    if (known < 0) known = tick + TICKS_MAX;
    int64_t extended = known + ((tick - known + TICKS_MAX / 2) & (TICKS_MAX - 1)) - TICKS_MAX / 2;
    transport->told_ticks = known > extended ? known : extended;
    return extended - tick;
}

/* Takes a report in: returns how many packets arrived, in order of arrival, and in `lost` how many newly told of did
 * not; -1 when it is malformed. `arrived` has room for STATUSES_MAX.
 */
int rl_outcomes(struct rl_transport *transport, const uint8_t *body, int length, struct rl_outcome *arrived, int *lost) {
    int64_t ticks[STATUSES_MAX];
    int total = read_ticks(body, length, ticks), from = 0, count = 0;
    *lost = 0;
    if (total < 0) return -1;
    int64_t following = transport->sent_next;
    int64_t first = following - ((following - (body[8] << 8 | body[9])) & 0xFFFF);
    if (first + total > following) total = (int)(following - first);
    if (first <= following - RL_NUMBERS) {
        int64_t skip = following - RL_NUMBERS + 1 - first;
        from = skip < total ? (int)skip : total;
        first += skip;
    }
    total -= from;
    int64_t epoch = epoch_of(transport, ticks + from, total);
    for (int index = 0; index < total; index++) {
        int64_t number = first + index, tick = ticks[from + index];
        uint16_t *size = &transport->sent_sizes[number & MASK];
        if (!*size) continue;
        if (tick < 0) {
            *lost += number >= transport->sent_told;
            continue;
        }
        arrived[count].arrival_ns = (int64_t)((uint64_t)(epoch + tick) * TICK_NS);
        arrived[count].sent_ns = transport->sent_ns[number & MASK];
        arrived[count].number = number;
        arrived[count++].size = *size;
        *size = 0;
    }
    if (first + total > transport->sent_told) transport->sent_told = first + total;
    qsort(arrived, (size_t)count, sizeof *arrived, in_order);
    return count;
}

/* ---- The trend of the delays. */

static double slope(const struct rl_trend *trend) {
    double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
    for (int index = 0; index < RL_WINDOW; index++) {
        double x = trend->x[index] - trend->x[0], y = trend->y[index] - trend->y[0];
        sum_x += x;
        sum_y += y;
        sum_xx += x * x;
        sum_xy += x * y;
    }
    double spread = RL_WINDOW * sum_xx - sum_x * sum_x;
    return spread > 0 ? (RL_WINDOW * sum_xy - sum_x * sum_y) / spread : 0;
}

static void judge(struct rl_trend *trend, double now, double sent_ms, double arrived_ms) {
    double scaled = (trend->count < 60 ? trend->count : 60) * now * 4.0;
    if (scaled > trend->threshold) {
        trend->over_ms += sent_ms;
        trend->over_count++;
        if (trend->over_ms > 10.0 && trend->over_count > 1 && now >= trend->last_trend) {
            trend->over_ms = 0;
            trend->over_count = 0;
            trend->usage = 1;
        }
    } else {
        trend->over_ms = 0;
        trend->over_count = 0;
        trend->usage = scaled < -trend->threshold ? -1 : 0;
    }
    trend->last_trend = now;
    double distance = fabs(scaled);
    if (distance <= trend->threshold + 15) {
        double rate = distance < trend->threshold ? 0.039 : 0.0087;
        double waited = arrived_ms < 0 ? 0 : arrived_ms > 100 ? 100 : arrived_ms;
        double threshold = trend->threshold + rate * (distance - trend->threshold) * waited;
        trend->threshold = threshold < 6 ? 6 : threshold > 600 ? 600 : threshold;
    }
}

static void forget(struct rl_trend *trend) {
    double threshold = trend->threshold;
    memset(trend, 0, sizeof *trend);
    trend->threshold = threshold;
}

void rl_trend_reset(struct rl_trend *trend) {
    trend->threshold = 12.5;
    forget(trend);
}

static void step(struct rl_trend *trend) {
    double sent_ms = (double)difference(trend->group[1], trend->previous[1]) / 1e6;
    double arrived_ms = (double)difference(trend->group[2], trend->previous[2]) / 1e6;
    double arrival_ms = (double)trend->group[2] / 1e6;
    if (fabs(arrived_ms - sent_ms) > 3000.0) {
        forget(trend);
        return;
    }
    if (!trend->count) trend->first_arrival_ms = arrival_ms;
    if (trend->count < 1000) trend->count++;
    trend->sum += arrived_ms - sent_ms;
    trend->smoothed = 0.9 * trend->smoothed + (1 - 0.9) * trend->sum;
    if (trend->points == RL_WINDOW) {
        memmove(trend->x, trend->x + 1, sizeof trend->x - sizeof *trend->x);
        memmove(trend->y, trend->y + 1, sizeof trend->y - sizeof *trend->y);
        trend->points--;
    }
    trend->x[trend->points] = arrival_ms - trend->first_arrival_ms;
    trend->y[trend->points++] = trend->smoothed;
    judge(trend, trend->points == RL_WINDOW ? slope(trend) : trend->last_trend, sent_ms, arrived_ms);
}

void rl_trend_add(struct rl_trend *trend, const struct rl_outcome *arrived, int count) {
    for (int index = 0; index < count; index++) {
        int64_t fresh[3] = {arrived[index].sent_ns, arrived[index].sent_ns, arrived[index].arrival_ns};
        int64_t *group = trend->group;
        if (trend->grouped) {
            int64_t since = difference(fresh[0], group[0]), apart = difference(fresh[2], group[2]);
            if (since < 0) continue;
            if (since <= GROUP_NS || (apart <= GROUP_NS && apart < difference(fresh[0], group[1]))) {
                if (fresh[0] > group[1]) group[1] = fresh[0];
                if (apart > 0) group[2] = fresh[2];
                continue;
            }
            int64_t old[3];
            memcpy(old, group, sizeof old);
            /* What was learnt of another path is forgotten here, but for the group that just ended. */
            if (trend->preceded) step(trend);
            memcpy(trend->previous, old, sizeof old);
            trend->preceded = 1;
        }
        memcpy(group, fresh, sizeof fresh);
        trend->grouped = 1;
    }
}

/* ---- Our report to a publisher. */

static int write_chunks(const uint8_t *symbols, int total, uint8_t *out) {
    int at = 0, size = 0;
    while (at < total) {
        int end = at + 1, chunk;
        while (end < total && symbols[end] == symbols[at] && end - at < RUN_MAX) end++;
        if (end - at >= VECTOR || end == total) {
            chunk = symbols[at] << 13 | (end - at);
            at = end;
        } else {
            chunk = 0xC000;
            for (int index = 0; index < VECTOR && at + index < total; index++)
                chunk |= symbols[at + index] << 2 * (VECTOR - 1 - index);
            at += VECTOR;
        }
        out[size++] = (uint8_t)(chunk >> 8);
        out[size++] = (uint8_t)chunk;
    }
    return size;
}

/* Writes the report on the numbers from `start` to below `end`; returns its size, 0 when Python must (its arrivals lie
 * too far apart, or there is no room). `room` is at least 64 more than four octets for each number.
 */
int rl_write_feedback(const struct rl_transport *transport, uint32_t sender, int count, int64_t start, int64_t end,
                      uint8_t *out, int room) {
    uint8_t symbols[STATUSES_MAX], deltas[2 * STATUSES_MAX];
    int total = (int)(end - start), size = 0;
    if (end - start < 1 || end - start > STATUSES_MAX || room < 64 + 4 * total) return 0;
    int64_t reference = -1, previous = 0;
    for (int index = 0; index < total; index++) {
        int64_t number = start + index, tick = transport->arrived_ticks[number & MASK];
        if (transport->arrived_numbers[number & MASK] != number) {
            symbols[index] = 0;
            continue;
        }
        if (reference < 0) {
            reference = tick / 256;
            previous = reference * 256;
        }
        int64_t delta = tick - previous;
        previous = tick;
        if (delta >= 0 && delta <= 255) {
            symbols[index] = SMALL;
            deltas[size++] = (uint8_t)delta;
        } else if (delta >= -32768 && delta <= 32767) {
            symbols[index] = LARGE;
            deltas[size++] = (uint8_t)(delta >> 8);
            deltas[size++] = (uint8_t)delta;
        } else {
            return 0;
        }
    }
    if (reference < 0) reference = 0;
    int length = 20 + write_chunks(symbols, total, out + 20);
    memcpy(out + length, deltas, (size_t)size);
    length += size;
    int padding = -length & 3;
    memset(out + length, 0, 4);
    length += padding;
    if (padding) out[length - 1] = (uint8_t)padding;
    uint32_t words[5] = {(uint32_t)(padding ? 0xAF : 0x8F) << 24 | 205u << 16 | (uint32_t)(length / 4 - 1), sender,
                         transport->arrived_ssrc, (uint32_t)(start & 0xFFFF) << 16 | (uint32_t)total,
                         (uint32_t)(reference & 0xFFFFFF) << 8 | (uint32_t)(count & 0xFF)};
    for (int index = 0; index < 20; index++) out[index] = (uint8_t)(words[index / 4] >> 8 * (3 - index % 4));
    return length;
}
