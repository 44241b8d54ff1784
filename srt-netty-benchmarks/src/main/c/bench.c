/* SPDX-License-Identifier: Apache-2.0
 *
 * The C side of bin/bench: one dispatcher, edge-triggered, on the same libsrt as the Java side. Written to be compared with.
 *
 *   bench receive PORT live|file LATENCY_MS CONNECTIONS WARM_UP_S MEASURE_S
 *   bench send    PORT live|file LATENCY_MS CONNECTIONS BITS_PER_SECOND SECONDS
 *   bench churn   PORT live|file LATENCY_MS 1 CONNECTS SECONDS     connects and closes, evenly spread
 *
 * The receiver prints one line: "bytes N packets N seconds S cpu S p50us N p99us N". Live payloads carry the sender's
 * CLOCK_MONOTONIC in nanoseconds in their first 8 bytes. In file mode the bit rate is ignored: as fast as it goes.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <srt/srt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define PAYLOAD 1316
#define STREAM_BUFFER 65536
#define MAX_EVENTS 512
#define MAX_SAMPLES 4000000
#define EVENTS_ALL (SRT_EPOLL_IN | SRT_EPOLL_OUT | SRT_EPOLL_ERR | SRT_EPOLL_ET)

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, srt_getlasterror_str());
    exit(1);
}

static SRTSOCKET new_socket(int live, int latency)
{
    int no = 0;
    int connect_timeout_ms = 20000; /* the receiver may be a JVM that still starts */
    int type = live ? SRTT_LIVE : SRTT_FILE;
    SRTSOCKET u = srt_create_socket();
    if (u == SRT_INVALID_SOCK)
        die("srt_create_socket");
    srt_setsockflag(u, SRTO_TRANSTYPE, &type, sizeof type);
    srt_setsockflag(u, SRTO_RCVSYN, &no, sizeof no);
    srt_setsockflag(u, SRTO_SNDSYN, &no, sizeof no);
    srt_setsockflag(u, SRTO_CONNTIMEO, &connect_timeout_ms, sizeof connect_timeout_ms);
    if (live)
        srt_setsockflag(u, SRTO_LATENCY, &latency, sizeof latency);
    return u;
}

static struct sockaddr_in loopback(int port)
{
    struct sockaddr_in a;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons((uint16_t)port);
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

static void watch(int eid, SRTSOCKET u)
{
    int events = (int)EVENTS_ALL;
    if (srt_epoll_add_usock(eid, u, &events) == SRT_ERROR)
        die("srt_epoll_add_usock");
}

static int new_epoll(void)
{
    int eid = srt_epoll_create();
    if (eid == SRT_ERROR)
        die("srt_epoll_create");
    srt_epoll_set(eid, SRT_EPOLL_ENABLE_EMPTY);
    return eid;
}

/* ---- receiver ---- */

static int64_t *samples;
static int64_t sample_count, bytes, packets;
static int measuring;

static int events_of(SRTSOCKET u)
{
    int value = 0, length = sizeof value;
    return srt_getsockflag(u, SRTO_EVENT, &value, &length) == SRT_ERROR ? (int)SRT_EPOLL_ERR : value;
}

/* Reads until nothing is left; returns 0 once the connection is gone. */
static int drain(SRTSOCKET u, int live, char *buffer)
{
    do {
        int n = srt_recvmsg2(u, buffer, live ? 1456 : STREAM_BUFFER, NULL);
        if (n <= 0)
            return n < 0 && srt_getlasterror(NULL) == SRT_EASYNCRCV;
        bytes += n;
        packets++;
        if (live && measuring && sample_count < MAX_SAMPLES) {
            int64_t sent;
            memcpy(&sent, buffer, sizeof sent);
            samples[sample_count++] = now_ns() - sent;
        }
    } while (events_of(u) & SRT_EPOLL_IN);
    return 1;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void report(int64_t start_ns, double start_cpu)
{
    double seconds = (now_ns() - start_ns) / 1e9, cpu = cpu_seconds() - start_cpu;
    int64_t p50 = 0, p99 = 0;
    qsort(samples, sample_count, sizeof *samples, by_value);
    if (sample_count) {
        p50 = samples[sample_count / 2] / 1000;
        p99 = samples[sample_count * 99 / 100] / 1000;
    }
    printf("bytes %" PRId64 " packets %" PRId64 " seconds %.3f cpu %.3f p50us %" PRId64 " p99us %" PRId64 "\n",
           bytes, packets, seconds, cpu, p50, p99);
    fflush(stdout);
}

static int receive(int port, int live, int latency, int connections, int warm_up, int measure)
{
    SRT_EPOLL_EVENT events[MAX_EVENTS];
    char *buffer = malloc(STREAM_BUFFER);
    struct sockaddr_in address = loopback(port);
    SRTSOCKET listener = new_socket(live, latency);
    int eid = new_epoll();
    int64_t first = 0, start = 0;
    double start_cpu = 0;
    samples = malloc(MAX_SAMPLES * sizeof *samples);
    watch(eid, listener);
    if (srt_bind(listener, (struct sockaddr *)&address, sizeof address) == SRT_ERROR
        || srt_listen(listener, connections) == SRT_ERROR)
        die("srt_listen");
    for (;;) {
        int n = srt_epoll_uwait(eid, events, MAX_EVENTS, 100);
        if (n > MAX_EVENTS)
            n = MAX_EVENTS;
        for (int i = 0; i < n; i++) {
            SRTSOCKET u = events[i].fd;
            if (u == listener) {
                SRTSOCKET child;
                while ((child = srt_accept(listener, NULL, NULL)) != SRT_INVALID_SOCK) {
                    watch(eid, child);
                    drain(child, live, buffer);
                    if (!first)
                        first = now_ns();
                }
            } else if ((events[i].events & (SRT_EPOLL_IN | SRT_EPOLL_ERR)) && !drain(u, live, buffer)) {
                srt_epoll_remove_usock(eid, u);
                srt_close(u);
            }
        }
        if (first && !measuring && now_ns() - first > warm_up * INT64_C(1000000000)) {
            measuring = 1;
            bytes = packets = 0;
            start = now_ns();
            start_cpu = cpu_seconds();
        } else if (measuring && now_ns() - start > measure * INT64_C(1000000000)) {
            report(start, start_cpu);
            return 0;
        }
    }
}

/* ---- sender ---- */

static SRTSOCKET connect_one(int eid, int port, int live, int latency)
{
    struct sockaddr_in address = loopback(port);
    SRTSOCKET u = new_socket(live, latency);
    watch(eid, u);
    if (srt_connect(u, (struct sockaddr *)&address, sizeof address) == SRT_ERROR)
        die("srt_connect");
    while (srt_getsockstate(u) == SRTS_CONNECTING) {
        SRT_EPOLL_EVENT events[8];
        srt_epoll_uwait(eid, events, 8, 10);
    }
    if (srt_getsockstate(u) != SRTS_CONNECTED)
        die("connect");
    return u;
}

static void send_live(SRTSOCKET *sockets, int connections, double bits_per_second, double seconds)
{
    char payload[PAYLOAD] = {0};
    double interval = PAYLOAD * 8.0 * 1e9 / bits_per_second;
    int64_t start = now_ns(), sent = 0;
    while (now_ns() - start < seconds * 1e9) {
        int64_t due = (int64_t)((now_ns() - start) / interval) + 1;
        for (; sent < due; sent++) {
            int64_t stamp = now_ns();
            memcpy(payload, &stamp, sizeof stamp);
            srt_sendmsg2(sockets[sent % connections], payload, PAYLOAD, NULL);
        }
        struct timespec pause = {0, 1000000};
        nanosleep(&pause, NULL);
    }
}

static void send_file(int eid, SRTSOCKET u, double seconds)
{
    char *buffer = calloc(1, STREAM_BUFFER);
    int64_t start = now_ns();
    while (now_ns() - start < seconds * 1e9) {
        if (srt_sendmsg2(u, buffer, STREAM_BUFFER, NULL) == SRT_ERROR) {
            SRT_EPOLL_EVENT events[8];
            if (srt_getlasterror(NULL) != SRT_EASYNCSND)
                return;
            srt_epoll_uwait(eid, events, 8, 100);
        }
    }
}

static int send_all(int port, int live, int latency, int connections, double bits_per_second, double seconds)
{
    int eid = new_epoll();
    SRTSOCKET *sockets = calloc(connections, sizeof *sockets);
    for (int i = 0; i < connections; i++)
        sockets[i] = connect_one(eid, port, live, latency);
    if (live)
        send_live(sockets, connections, bits_per_second, seconds);
    else
        send_file(eid, sockets[0], seconds);
    return 0;
}

static int churn(int port, int live, int latency, int connects, double seconds)
{
    int eid = new_epoll();
    int64_t start = now_ns();
    for (int i = 0; i < connects; i++) {
        SRTSOCKET u = connect_one(eid, port, live, latency);
        srt_epoll_remove_usock(eid, u);
        srt_close(u);
        while (now_ns() - start < (i + 1) * seconds * 1e9 / connects) {
            struct timespec pause = {0, 1000000};
            nanosleep(&pause, NULL);
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    int result = 2;
    if (argc != 8) {
        fprintf(stderr, "see the head of bench.c\n");
        return result;
    }
    srt_startup();
    srt_setloglevel(2);
    int port = atoi(argv[2]), live = !strcmp(argv[3], "live"), latency = atoi(argv[4]), connections = atoi(argv[5]);
    if (!strcmp(argv[1], "receive"))
        result = receive(port, live, latency, connections, atoi(argv[6]), atoi(argv[7]));
    else if (!strcmp(argv[1], "send"))
        result = send_all(port, live, latency, connections, atof(argv[6]), atof(argv[7]));
    else if (!strcmp(argv[1], "churn"))
        result = churn(port, live, latency, atoi(argv[6]), atof(argv[7]));
    srt_cleanup();
    return result;
}
