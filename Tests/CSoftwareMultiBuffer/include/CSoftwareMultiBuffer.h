/*
 * crypto_mb's functions in plain arithmetic, with faults to order. With them the tests fill lanes on any processor, and
 * make a library go wrong.
 */
#ifndef CSOFTWAREMULTIBUFFER_H
#define CSOFTWAREMULTIBUFFER_H

#include <COpenSSLShim.h>

typedef enum software_fault {
    FAULT_NONE = 0,
    FAULT_IN_PRIME = 1,         /* one half of a private operation is wrong, in the last lane: what gives a key away */
    FAULT_SAID_PRIVATE = 2,     /* a private operation says that it failed */
    FAULT_SAID_PUBLIC = 3,      /* a public operation says so */
    FAULT_NO_METHOD = 4,        /* there is nothing for keys of 2,048 bits */
    FAULT_NO_BUFFER_SIZE = 5,   /* the size of the scratch memory is senseless */
    FAULT_EMPTY_RESULTS = 6,    /* nothing is written */
} software_fault;

ss_crypto_mb software_multi_buffer(void);

/* What goes wrong on the calling thread from now on. */
void software_multi_buffer_break(software_fault fault);

/* How many private and public operations the calling thread has made. */
unsigned software_private_operations(void);
unsigned software_public_operations(void);

#endif
