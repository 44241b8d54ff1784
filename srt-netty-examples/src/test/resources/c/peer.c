// SPDX-License-Identifier: Apache-2.0
// What libsrt's examples sendfile, recvfile, test-c-client and test-c-server do, with libsrt's blocking calls:
//   peer serve PORT              answers requests for files, one client after the other
//   peer get PORT NAME FILE      requests a file
//   peer client PORT COUNT       sends messages
//   peer server PORT COUNT       prints messages
#include <arpa/inet.h>
#include <inttypes.h>
#include <srt/srt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// srt_sendfile of 1.5.1 counts each block as 1456 packets, whatever its length: with the default, 364000, the buffer seems full after
// seven blocks, although it is empty, and the call never returns. This is the length for which the count is right.
#define SENDFILE_BLOCK (1456 * 1456)

static void check(int result, const char *what)
{
    if (result == SRT_ERROR)
    {
        fprintf(stderr, "%s: %s\n", what, srt_getlasterror_str());
        exit(1);
    }
}

static struct sockaddr_in address(const char *port)
{
    struct sockaddr_in at;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons(atoi(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
}

static SRTSOCKET create(int file)
{
    SRTSOCKET socket = srt_create_socket();
    SRT_TRANSTYPE type = SRTT_FILE;
    int packets = 64, bytes = 64 * 1456; // no more than the kernel holds, see FilePrograms
    int patience = 20000, drops = 0; // a busy machine may stand still for a while
    check(srt_setsockopt(socket, 0, SRTO_CONNTIMEO, &patience, sizeof patience), "SRTO_CONNTIMEO");
    if (!file)
        check(srt_setsockopt(socket, 0, SRTO_TLPKTDROP, &drops, sizeof drops), "SRTO_TLPKTDROP");
    if (file)
    {
        check(srt_setsockopt(socket, 0, SRTO_TRANSTYPE, &type, sizeof type), "SRTO_TRANSTYPE");
        check(srt_setsockopt(socket, 0, SRTO_FC, &packets, sizeof packets), "SRTO_FC");
        check(srt_setsockopt(socket, 0, SRTO_RCVBUF, &bytes, sizeof bytes), "SRTO_RCVBUF");
    }
    return socket;
}

static SRTSOCKET listening(const char *port, int file)
{
    struct sockaddr_in at = address(port);
    SRTSOCKET socket = create(file);
    check(srt_bind(socket, (struct sockaddr *)&at, sizeof at), "srt_bind");
    check(srt_listen(socket, 10), "srt_listen");
    return socket;
}

static SRTSOCKET connected(const char *port, int file)
{
    struct sockaddr_in at = address(port);
    SRTSOCKET socket = create(file);
    check(srt_connect(socket, (struct sockaddr *)&at, sizeof at), "srt_connect");
    return socket;
}

static void receive(SRTSOCKET socket, void *target, int length)
{
    for (int got = 0, n; got < length; got += n)
        check(n = srt_recv(socket, (char *)target + got, length - got), "srt_recv");
}

static void answer(SRTSOCKET client)
{
    char name[4097];
    int32_t length;
    receive(client, &length, sizeof length);
    receive(client, name, length);
    name[length] = 0;
    struct stat file;
    int64_t size = stat(name, &file) == 0 ? (int64_t)file.st_size : -1;
    check(srt_send(client, (char *)&size, sizeof size), "srt_send");
    int64_t offset = 0;
    if (size > 0)
        check((int)(srt_sendfile(client, name, &offset, size, SENDFILE_BLOCK) < 0 ? -1 : 0), "srt_sendfile");
    srt_close(client); // lingers until the client has it
}

static void get(const char *port, const char *name, const char *local)
{
    SRTSOCKET server = connected(port, 1);
    int32_t length = strlen(name);
    int64_t size, offset = 0;
    check(srt_send(server, (char *)&length, sizeof length), "srt_send");
    check(srt_send(server, name, length), "srt_send");
    receive(server, &size, sizeof size);
    if (size < 0)
    {
        fprintf(stderr, "no such file\n");
        exit(2);
    }
    fclose(fopen(local, "wb"));
    if (size > 0)
        check((int)(srt_recvfile(server, local, &offset, size, SRT_DEFAULT_RECVFILE_BLOCK) < 0 ? -1 : 0), "srt_recvfile");
    srt_close(server);
}

static void send_messages(const char *port, int count)
{
    static const char message[] = "This message should be sent to the other side"; // and its 0 with it
    SRTSOCKET server = connected(port, 0);
    for (int i = 0; i < count; i++)
    {
        check(srt_sendmsg2(server, message, sizeof message, NULL), "srt_sendmsg2");
        usleep(1000);
    }
    usleep(300000); // longer than the latency: a close drops what is not played
    srt_close(server);
}

static void print_messages(const char *port, int count)
{
    SRTSOCKET client = srt_accept(listening(port, 0), NULL, NULL);
    for (int i = 0; i < count; i++)
    {
        char message[2048];
        int length = srt_recvmsg(client, message, sizeof message);
        check(length, "srt_recvmsg");
        printf("%.*s\n", length, message);
        fflush(stdout);
    }
    srt_close(client);
}

int main(int argc, char **argv)
{
    srt_startup();
    srt_setloglevel(0);
    if (argc == 3 && !strcmp(argv[1], "serve"))
        for (SRTSOCKET listener = listening(argv[2], 1);;)
            answer(srt_accept(listener, NULL, NULL));
    else if (argc == 5 && !strcmp(argv[1], "get"))
        get(argv[2], argv[3], argv[4]);
    else if (argc == 4 && !strcmp(argv[1], "client"))
        send_messages(argv[2], atoi(argv[3]));
    else if (argc == 4 && !strcmp(argv[1], "server"))
        print_messages(argv[2], atoi(argv[3]));
    else
        return 64;
    srt_cleanup();
    return 0;
}
