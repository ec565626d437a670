/* The engine of the native loop, and its table of addresses: whose the datagrams of each are. */
#include "engine.h"

uint32_t rl_version(void) { return RL_VERSION; }

/* Tells Python whether both compilers laid the memory out alike. */
uint64_t rl_sizes(void) {
    return sizeof(struct rl_transport) * 1000003u + sizeof(struct rl_stream) * 10007u + sizeof(struct rl_route) * 101u +
           sizeof(struct rl_kept) * 31u + sizeof(struct rl_event) * 7u + sizeof(struct rl_trend) * 3u +
           sizeof(struct rl_counters);
}

/* ---- The table of addresses: open addressing, at most half full. */

static uint32_t place_of(const struct rl_engine *engine, const struct rl_address *address) {
    uint64_t words[sizeof *address / 8], hash = engine->seed;
    memcpy(words, address, sizeof words);
    for (size_t index = 0; index < sizeof words / 8; index++) {
        hash = (hash ^ words[index]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash >> 32) & (TABLE - 1);
}

struct entry *rl_find(struct rl_engine *engine, const struct rl_address *address) {
    uint32_t place = place_of(engine, address);
    while (engine->table[place].transport && memcmp(&engine->table[place].address, address, sizeof *address))
        place = (place + 1) & (TABLE - 1);
    return &engine->table[place];
}

int rl_learn(struct rl_engine *engine, const struct rl_address *address, struct rl_transport *transport) {
    struct entry *entry = rl_find(engine, address);
    if (!entry->transport) {
        if (engine->known >= TABLE_MAX) return 0;
        engine->known++;
        entry->address = *address;
    }
    entry->transport = transport;
    return 1;
}

void rl_forget(struct rl_engine *engine, const struct rl_address *address) {
    struct entry *entry = rl_find(engine, address);
    if (!entry->transport) return;
    engine->known--;
    uint32_t hole = (uint32_t)(entry - engine->table), next = hole;
    engine->table[hole].transport = NULL;
    /* Those behind the hole that were pushed over it move up, so that every search still ends at the right place. */
    for (;;) {
        next = (next + 1) & (TABLE - 1);
        if (!engine->table[next].transport) return;
        uint32_t wanted = place_of(engine, &engine->table[next].address);
        if (((next - wanted) & (TABLE - 1)) >= ((next - hole) & (TABLE - 1))) {
            engine->table[hole] = engine->table[next];
            engine->table[next].transport = NULL;
            hole = next;
        }
    }
}

/* ---- Opening and closing. */

struct rl_engine *rl_open(void **functions, uint8_t **slots, struct rl_counters *counters, uint64_t seed) {
    struct rl_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return NULL;
    memcpy(&engine->protect, functions, sizeof *functions);
    memcpy(&engine->unprotect, functions + 1, sizeof *functions);
    memcpy(&engine->unprotect_reports, functions + 2, sizeof *functions);
    engine->counters = counters;
    engine->seed = seed;
    for (int index = 0; index < RL_BATCH; index++) {
        engine->slots[index] = slots[index];
        engine->in_parts[index].iov_base = slots[index];
        engine->in_parts[index].iov_len = DATAGRAM_MAX + 1;
        engine->in[index].msg_hdr.msg_iov = &engine->in_parts[index];
        engine->in[index].msg_hdr.msg_iovlen = 1;
        engine->in[index].msg_hdr.msg_name = &engine->in_from[index];
        engine->in[index].msg_hdr.msg_control = &engine->in_control[index];
        engine->out_parts[index].iov_base = engine->out_packets[index];
        engine->out[index].msg_hdr.msg_iov = &engine->out_parts[index];
        engine->out[index].msg_hdr.msg_iovlen = 1;
        engine->out[index].msg_hdr.msg_name = &engine->out_to[index];
    }
    return engine;
}

void rl_close(struct rl_engine *engine) { free(engine); }
