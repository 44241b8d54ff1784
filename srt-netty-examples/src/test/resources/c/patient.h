// SPDX-License-Identifier: Apache-2.0
// Included at the start of libsrt's examples: their connect waits longer than libsrt's 3 s for a machine that stands still.
#include <srt/srt.h>

static SRTSOCKET create_patient_socket(void)
{
    SRTSOCKET socket = srt_create_socket();
    int patience = 20000; // milliseconds
    srt_setsockflag(socket, SRTO_CONNTIMEO, &patience, sizeof patience);
    return socket;
}

#define srt_create_socket create_patient_socket
