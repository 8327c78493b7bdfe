/* Nothing is exposed to Swift: this target exists for its pkg-config flags. The C targets include OpenSSL themselves. */
