#include "socket_send.h"

#include <sys/socket.h>
#ifdef __linux__
#include <sys/sendfile.h>
#endif

#ifndef MSG_MORE
#define MSG_MORE 0
#endif
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

size_t socket_send(int socket, const void *bytes, size_t count, bool more) {
    ssize_t sent = send(socket, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL | (more ? MSG_MORE : 0));
    return sent > 0 ? (size_t)sent : 0;
}

size_t socket_send_file(int socket, int file, int64_t offset, size_t count) {
#ifdef __linux__
    off_t position = offset;
    ssize_t sent = sendfile(socket, file, &position, count);
    return sent > 0 ? (size_t)sent : 0;
#else
    (void)socket, (void)file, (void)offset, (void)count;
    return 0;
#endif
}
