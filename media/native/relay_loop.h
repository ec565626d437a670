/* What the native loop shares with Python: the memory of the numbers that every packet changes.
 *
 * This one text is read by the C compiler and by cffi. Python allocates everything here but the engine, keeps
 * it alive while anything points to it, and calls from one thread. Both sides may change every number between
 * two packets: there is one memory and no copy. Names are those of the Python classes that the memory is of.
 */
#define RL_VERSION 2
#define RL_BATCH 64
#define RL_ROOM 2048
#define RL_PAYLOAD 1500
#define RL_STREAMS 24
#define RL_ROUTES 32
#define RL_NUMBERS 4096
#define RL_WINDOW 20

#define RL_DONE 0
#define RL_DATAGRAM 1
#define RL_PACKET 2
#define RL_REPORTS 3

#define RL_NO_PATH 0
#define RL_UDP 1
#define RL_ELSEWHERE 2

/* media/token_bucket.py */
struct rl_bucket {
    double rate, burst, tokens, at;
};

/* A UDP address as the table knows it: port in network order, zero where the family has nothing. */
struct rl_address {
    uint16_t family, port;
    uint32_t scope;
    uint8_t host[16];
};

/* One packet of media/packet_cache.py. */
struct rl_kept {
    uint32_t timestamp;
    uint16_t sequence, length;
    uint8_t second, used;
    uint8_t payload[RL_PAYLOAD];
};

/* One participant: its connection, what it told of arrivals, and what was sent to it. */
struct rl_transport {
    int32_t fd;
    uint8_t path, hears, reported;
    uint16_t stream_count;
    uint32_t reporter;
    struct rl_address address;
    void *inbound, *outbound;
    struct rl_bucket packets, bytes;
    int64_t packets_in, bytes_in, packets_out, bytes_out, throttled, early, unknown, unsent;
    int64_t auth_failures, replayed, refused, too_many_ssrc;
    uint8_t meanings[256];
    int64_t heard_ns, voice_ns;
    double loudness;
    /* media/arrival_feedback.py */
    int64_t arrived_highest, arrived_next, lowest_fresh, fresh;
    uint32_t arrived_ssrc;
    int64_t arrived_numbers[RL_NUMBERS], arrived_ticks[RL_NUMBERS];
    /* media/sent_packets.py */
    int64_t sent_next, sent_octets, sent_told, told_ticks;
    int64_t sent_ns[RL_NUMBERS];
    uint16_t sent_sizes[RL_NUMBERS];
    struct rl_stream *streams[RL_STREAMS];
};

/* One incoming stream: media/incoming.py, and what of it is in receiver_report.py and nack_generator.py. Sound has an
 * `allowance`, that of its track. */
struct rl_stream {
    uint64_t id;
    uint32_t ssrc, clock_rate;
    uint8_t video, wanted;
    uint16_t route_count;
    uint8_t types[128];
    int64_t heard_ns;
    int64_t highest, start, received, octets, timestamp, transit_ns, jitter_ns;
    int64_t nack_highest;
    struct rl_bucket *allowance;
    struct rl_route *routes[RL_ROUTES];
};

/* One route: media/route.py with its rewriter, header template, VP8 numbers and packet cache. */
struct rl_route {
    struct rl_transport *to;
    uint64_t source, target;
    int64_t highest, next, sequence_offset, last_timestamp, timestamp_offset, sent_ns;
    int64_t packets, octets;
    uint32_t ssrc;
    uint8_t size, tag, words, level_at;
    uint8_t tail[48];
    uint8_t renumbers;
    int32_t picture_offset, key_offset, last_picture, last_key;
    struct rl_kept *ring;
    int32_t mask, newest;
};

/* What Python has to do: take the datagram as it came, or decrypted. */
struct rl_event {
    int32_t slot, length;
    struct rl_address sender;
    int64_t arrival_ns;
};

/* One packet that arrived: Outcome of media/sent_packets.py. */
struct rl_outcome {
    int64_t arrival_ns, sent_ns, number, size;
};

/* media/delay_trend.py. `usage`: -1 under, 0 normal, 1 over. */
struct rl_trend {
    double threshold, sum, smoothed, over_ms, last_trend, first_arrival_ms;
    int32_t count, over_count, usage, points;
    uint8_t grouped, preceded;
    int64_t group[3], previous[3];
    double x[RL_WINDOW], y[RL_WINDOW];
};

/* What the port counts (media/port.py). */
struct rl_counters {
    int64_t oversized, receive_errors, send_full, send_errors, fast;
};

struct rl_engine;

uint32_t rl_version(void);
uint64_t rl_sizes(void);
struct rl_engine *rl_open(void **functions, uint8_t **slots, struct rl_counters *counters, uint64_t seed);
void rl_close(struct rl_engine *engine);
int rl_learn(struct rl_engine *engine, const struct rl_address *address, struct rl_transport *transport);
void rl_forget(struct rl_engine *engine, const struct rl_address *address);
int rl_fill(struct rl_engine *engine, int fd, int64_t offset_ns);
int rl_next(struct rl_engine *engine, struct rl_event *event, double now, int64_t now_ns);
int rl_outcomes(struct rl_transport *transport, const uint8_t *body, int length, struct rl_outcome *arrived, int *lost);
void rl_trend_reset(struct rl_trend *trend);
void rl_trend_add(struct rl_trend *trend, const struct rl_outcome *arrived, int count);
int rl_write_feedback(const struct rl_transport *transport, uint32_t sender, int count, int64_t start, int64_t end, uint8_t *out, int room);
int rl_take(struct rl_engine *engine, struct rl_transport *transport, uint8_t *packet, int length, int64_t arrival_ns, int64_t now_ns);
