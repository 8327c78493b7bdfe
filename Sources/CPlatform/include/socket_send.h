#ifndef SOCKET_SEND_H
#define SOCKET_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Sends what the system takes of some bytes without waiting. A peer that is gone raises no signal.
/// - Parameter more: whether what follows at once belongs into the same packets.
/// - Returns: how many bytes; 0 also where sending fails.
size_t socket_send(int socket, const void *bytes, size_t count, bool more);

/// The same for a part of a file, whose bytes the system need not copy for that. The caller ignores SIGPIPE.
/// - Returns: how many bytes; 0 also where sending fails or the file ends, and on systems without Linux's `sendfile`.
size_t socket_send_file(int socket, int file, int64_t offset, size_t count);

#endif
