#!/usr/bin/env bash
# Guess: awk adds to an expiry and prints it with all its digits, as its numbers are doubles.
# Seen:  mawk 1.3.4 20200120, the awk of Debian 12, does so up to 2147483647. Above, `print` gives six significant digits,
#        %d gives 2147483647, and two expiries an hour apart are one and the same subscript of an array.
# Why:   tokens for an archive or a device end after January 2038. A report of what expires when, made with awk, is wrong
#        for just these, without an error. `%.0f` and gawk are right.
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
apt-get download -q mawk=1.3.4.20200120-3.1 &>log || { cat log; exit 1; }
dpkg-deb -x mawk_*.deb .
usr/bin/mawk -W version 2>&1 | sed -n 1p
printf '%s\n' 2147483547 4102440000 4102443600 | usr/bin/mawk '
    { print $1, "->", $1 + 100; printf "%%d %d, %%.0f %.0f\n", $1, $1; count[$1 + 0]++ }
    END { for (expiry in count) print count[expiry], "at", expiry }' | sort | tee seen
diff seen - <<'EXPECTED'
%d 2147483547, %.0f 2147483547
%d 2147483647, %.0f 4102440000
%d 2147483647, %.0f 4102443600
1 at 2147483547
2 at 4.10244e+09
2147483547 -> 2147483647
4102440000 -> 4.10244e+09
4102443600 -> 4.10244e+09
EXPECTED
