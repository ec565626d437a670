/* What the relay benchmark's load shares with Python. This one text is read by the C compiler and by cffi.
 *
 * Python connects the legs (ICE, DTLS) and describes them here; from then on the load sends, reads, counts and
 * answers by itself, so that it never is what limits a server. Times are CLOCK_MONOTONIC in nanoseconds.
 */
#define BL_LEGS 2048
#define BL_OUTS 2
#define BL_INS 16
#define BL_NUMBERS 1024
#define BL_LATE 262144
#define BL_HANDED 16
#define BL_ROOM 2048

/* A stream that a leg sends. */
struct bl_out {
    uint32_t ssrc, timestamp, packets, octets;
    uint16_t sequence, picture;
    uint8_t video, keyframe, mid_length, mid[5];
};

/* A stream that a leg gets. `first` is the number from which on is counted. */
struct bl_in {
    uint32_t ssrc, report;
    int64_t highest, first, packets, reported_ns;
    uint8_t video;
};

/* One connection. `numbers` are the transport-wide numbers that came and were not told yet, in ticks. */
struct bl_leg {
    int32_t fd;
    uint8_t out_count, in_count, transport_number;
    void *inbound, *outbound;
    uint32_t own, transport_ssrc;
    uint16_t transport_sequence;
    uint8_t feedback_count;
    int64_t told, highest;
    int64_t ticks[BL_NUMBERS];
    int64_t reports_ns, keyframes_ns;
    struct bl_out out[BL_OUTS];
    struct bl_in ins[BL_INS];
};

/* `late_ns` samples the time from our sending to the kernel's having the forwarded packet for us. */
struct bl_counts {
    int64_t sent, unsent, owed, got, repeated, refused;
    int64_t nack_sent, pli_sent, rr_sent, sr_sent, twcc_sent, twcc_told;
    int64_t nack_got, pli_got, fir_got, remb_got, rr_got, sr_got, twcc_got;
    int64_t late_count;
    uint32_t late_ns[BL_LATE];
};

/* What only Python can answer. */
struct bl_handed {
    int32_t leg, length;
    uint8_t bytes[BL_ROOM];
};

struct bl_load {
    int32_t epoll, leg_count, handed_count;
    volatile int32_t stop;
    /* srtp_protect, srtp_unprotect, srtp_protect_rtcp, srtp_unprotect_rtcp */
    void *functions[4];
    /* For each leg: when its first and second stream send next, and when it tells. */
    int64_t due_ns[BL_LEGS * 3];
    int32_t viewers[BL_LEGS];
    struct bl_leg *legs[BL_LEGS];
    struct bl_handed handed[BL_HANDED];
    struct bl_counts counts;
};

/* Take a connected leg in; its first sending falls `phase` (0 to 1) of a period from now. */
int bl_add(struct bl_load *load, struct bl_leg *leg, int viewers, double phase);
/* Run until then, until told to stop, or until something was handed over. 0, or -1 with errno. */
int bl_run(struct bl_load *load, int64_t until_ns);
/* Count from here. */
void bl_reset(struct bl_load *load);
int64_t bl_sizes(void);
