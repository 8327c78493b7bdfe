/*
 * RS256 over whatever bytes there are, by OpenSSL and none of the library's code: the library itself signs claims that
 * it has checked, and the fuzzers want tokens that nobody would sign.
 */
#ifndef CREFERENCESIGNER_H
#define CREFERENCESIGNER_H

#include <stddef.h>
#include <stdint.h>

typedef struct reference_signer reference_signer;

/* Reads an unencrypted private key; NULL if that fails. It is never freed. */
reference_signer *reference_signer_new(const char *pem, size_t count);

/* Writes the signature and returns its length, or 0 if there is no room or OpenSSL fails. */
size_t reference_signer_sign(reference_signer *signer, const uint8_t *message, size_t count, uint8_t *signature,
                             size_t capacity);

#endif
