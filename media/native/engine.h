/* Inside of the native loop: what its files share, and nobody else knows. */
#ifndef RELAY_ENGINE_H
#define RELAY_ENGINE_H
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "relay_loop.h"

#define DATAGRAM_MAX 1500
#define PACKET_MAX 2048
#define HEADER 12
#define TRAILER 148
#define TABLE 8192
#define TABLE_MAX 4096
#define SECOND_NS 1000000000LL

typedef int (*srtp_function)(void *session, void *packet, int *length);

struct entry {
    struct rl_address address;
    struct rl_transport *transport;
};

struct rl_engine {
    srtp_function protect, unprotect, unprotect_reports;
    struct rl_counters *counters;
    uint64_t seed;
    int64_t offset_ns, read_ns;
    int count, at;
    uint32_t known;
    struct entry table[TABLE];
    uint8_t *slots[RL_BATCH];
    struct mmsghdr in[RL_BATCH];
    struct iovec in_parts[RL_BATCH];
    struct sockaddr_in6 in_from[RL_BATCH];
    union {
        char space[CMSG_SPACE(sizeof(struct timespec))];
        struct cmsghdr aligned;
    } in_control[RL_BATCH];
    int queued;
    struct mmsghdr out[RL_BATCH];
    struct iovec out_parts[RL_BATCH];
    struct sockaddr_in6 out_to[RL_BATCH];
    struct rl_transport *out_of[RL_BATCH];
    uint8_t out_packets[RL_BATCH][PACKET_MAX + TRAILER];
};

/* What one header says, as media/rtp.py's Packet. */
struct packet {
    uint8_t second;
    uint16_t sequence;
    uint32_t timestamp, ssrc;
    int start, end, transport_sequence, level;
};

static inline uint16_t read16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }

static inline uint32_t read32(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static inline void write16(uint8_t *at, uint32_t value) {
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline void write32(uint8_t *at, uint32_t value) {
    write16(at, value >> 16);
    write16(at + 2, value);
}

/* table.c: the place of an address, free or not. */
struct entry *rl_find(struct rl_engine *engine, const struct rl_address *address);

/* sending.c: put a packet together for one route and queue it; send what is queued. */
void rl_forward(struct rl_engine *engine, struct rl_route *route, const struct packet *packet, const uint8_t *data,
                int vp8, int64_t now_ns);
void rl_flush(struct rl_engine *engine);

#endif
