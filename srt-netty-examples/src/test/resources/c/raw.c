// SPDX-License-Identifier: Apache-2.0
// A peer in stream mode that keeps to no protocol: it sends the bytes given in hexadecimal.
//   raw listen PORT HEX leave|stay            to the first caller, when it has sent something
//   raw call PORT STREAMID HEX leave|stay     to a listener; "" is no stream id
// Then it leaves, when the other has the bytes (leave-answered: and has answered), or stays until the other leaves. What it is told it prints in hexadecimal.
#include <arpa/inet.h>
#include <srt/srt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int result, const char *what)
{
    if (result == SRT_ERROR)
    {
        fprintf(stderr, "%s: %s, %s\n", what, srt_getlasterror_str(), srt_strerror(0, 0));
        exit(1);
    }
}

static SRTSOCKET open_at(const char *port, const char *stream_id, int listens)
{
    struct sockaddr_in at;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons(atoi(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SRT_TRANSTYPE type = SRTT_FILE;
    SRTSOCKET socket = srt_create_socket();
    check(srt_setsockopt(socket, 0, SRTO_TRANSTYPE, &type, sizeof type), "SRTO_TRANSTYPE");
    if (!listens)
    {
        int patience = 20000; // milliseconds: a busy machine may stand still for a while
        check(srt_setsockopt(socket, 0, SRTO_CONNTIMEO, &patience, sizeof patience), "SRTO_CONNTIMEO");
        check(srt_setsockopt(socket, 0, SRTO_STREAMID, stream_id, strlen(stream_id)), "SRTO_STREAMID");
        check(srt_connect(socket, (struct sockaddr *)&at, sizeof at), "srt_connect");
        return socket;
    }
    check(srt_bind(socket, (struct sockaddr *)&at, sizeof at), "srt_bind");
    check(srt_listen(socket, 1), "srt_listen");
    return srt_accept(socket, NULL, NULL);
}

int main(int argc, char **argv)
{
    int listens = argc > 1 && !strcmp(argv[1], "listen");
    if (argc != (listens ? 5 : 6))
        return 64;
    srt_startup();
    srt_setloglevel(0);
    SRTSOCKET peer = open_at(argv[2], listens ? "" : argv[3], listens);
    const char *hex = argv[argc - 2];
    unsigned char told[1456];
    if (listens) // to the request
        check(srt_recv(peer, (char *)told, sizeof told), "srt_recv");
    for (unsigned byte; sscanf(hex, "%2x", &byte) == 1; hex += 2)
    {
        char one = (char)byte;
        check(srt_send(peer, &one, 1), "srt_send");
    }
    if (!strcmp(argv[argc - 1], "leave-answered"))
        check(srt_recv(peer, (char *)told, sizeof told), "srt_recv");
    for (int n; !strcmp(argv[argc - 1], "stay") && (n = srt_recv(peer, (char *)told, sizeof told)) > 0;)
        for (int i = 0; i < n; i++)
            printf("%02x", told[i]);
    fflush(stdout);
    srt_close(peer);
    srt_cleanup();
    return 0;
}
