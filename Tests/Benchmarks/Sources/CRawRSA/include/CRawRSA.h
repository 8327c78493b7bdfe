/*
 * OpenSSL's RS256 with nothing around it: the limit that the library is measured against.
 *
 * One SHA-256 context and one context each for signing and verifying are made once and used again and again, and the
 * loops are in C. Nothing of the library is called. A value belongs to one thread.
 */
#ifndef CRAWRSA_H
#define CRAWRSA_H

#include <stddef.h>
#include <stdint.h>

typedef struct raw_rsa raw_rsa;

/* Reads an unencrypted private key; NULL if that fails. */
raw_rsa *raw_rsa_new(const char *pem, size_t count);
void raw_rsa_free(raw_rsa *rsa);

/* The bytes of a signature. */
size_t raw_rsa_signature_count(const raw_rsa *rsa);

/*
 * Signs `message` so many times and hashes it each time; `signature` has room for one. Returns how many times it
 * succeeded before it failed.
 */
size_t raw_rsa_sign(raw_rsa *rsa, const uint8_t *message, size_t count, uint8_t *signature, size_t times);

/* Verifies the signature so many times; returns how many times it was valid before it was not. */
size_t raw_rsa_verify(raw_rsa *rsa, const uint8_t *message, size_t count, const uint8_t *signature, size_t times);

#endif
