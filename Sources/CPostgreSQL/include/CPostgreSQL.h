/// libpq, PostgreSQL's own client library, opened when it is first needed.
///
/// Linked, it would bring some twenty libraries (LDAP, Kerberos, …) into every start of every program that holds the key
/// service, and most of them never see a PostgreSQL. The names, types and meanings are those of `libpq-fe.h` (PostgreSQL's
/// manual, part IV, chapter "libpq"); the ABI of `libpq.so.5` has held since 2006, additions aside.

#ifndef CPOSTGRESQL_H
#define CPOSTGRESQL_H

#pragma clang assume_nonnull begin

/// Opens the library, once for the process.
/// Returns NULL, or why it cannot be used: a text that stays. Nothing else here may be called before this returned NULL.
const char *_Nullable cpostgresql_open(void);

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

typedef enum { CONNECTION_OK = 0 } ConnStatusType;
typedef enum { PGRES_COMMAND_OK = 1, PGRES_TUPLES_OK = 2 } ExecStatusType;
typedef enum { PQTRANS_IDLE = 0 } PGTransactionStatusType;

typedef struct {
    char *_Nullable keyword;
    char *_Nullable envvar;
    char *_Nullable compiled;
    char *_Nullable val;
    char *_Nullable label;
    char *_Nullable dispchar;
    int dispsize;
} PQconninfoOption;

typedef void (*PQnoticeReceiver)(void *_Nullable argument, const PGresult *_Nullable result);

/// The functions: result, name, parameters, arguments.
#define CPOSTGRESQL_FUNCTIONS(X) \
    X(PQconninfoOption *_Nullable, PQconninfoParse, \
        (const char *conninfo, char *_Nullable *_Nullable message), \
        (conninfo, message)) \
    X(void, PQconninfoFree, (PQconninfoOption *options), (options)) \
    X(PGconn *_Nullable, PQconnectdbParams, \
        (const char *_Nullable const *_Nonnull keywords, const char *_Nullable const *_Nonnull values, int expand_dbname), \
        (keywords, values, expand_dbname)) \
    X(void, PQfinish, (PGconn *connection), (connection)) \
    X(ConnStatusType, PQstatus, (const PGconn *connection), (connection)) \
    X(PGTransactionStatusType, PQtransactionStatus, (const PGconn *connection), (connection)) \
    X(char *_Nonnull, PQerrorMessage, (const PGconn *connection), (connection)) \
    X(int, PQsocket, (const PGconn *connection), (connection)) \
    X(int, PQsetnonblocking, (PGconn *connection, int is_nonblocking), (connection, is_nonblocking)) \
    X(PQnoticeReceiver _Nullable, PQsetNoticeReceiver, \
        (PGconn *connection, PQnoticeReceiver receiver, void *_Nullable argument), \
        (connection, receiver, argument)) \
    X(int, PQsendQuery, (PGconn *connection, const char *sql), (connection, sql)) \
    X(int, PQsendPrepare, \
        (PGconn *connection, const char *name, const char *sql, int count, const unsigned *_Nullable types), \
        (connection, name, sql, count, types)) \
    X(int, PQsendQueryPrepared, \
        (PGconn *connection, const char *name, int count, const char *_Nullable const *_Nullable values, \
            const int *_Nullable lengths, const int *_Nullable formats, int result_format), \
        (connection, name, count, values, lengths, formats, result_format)) \
    X(int, PQflush, (PGconn *connection), (connection)) \
    X(int, PQconsumeInput, (PGconn *connection), (connection)) \
    X(int, PQisBusy, (PGconn *connection), (connection)) \
    X(PGresult *_Nullable, PQgetResult, (PGconn *connection), (connection)) \
    X(void *_Nullable, PQnotifies, (PGconn *connection), (connection)) \
    X(void, PQfreemem, (void *memory), (memory)) \
    X(ExecStatusType, PQresultStatus, (const PGresult *result), (result)) \
    X(char *_Nullable, PQresultErrorField, (const PGresult *result, int field), (result, field)) \
    X(int, PQntuples, (const PGresult *result), (result)) \
    X(int, PQnfields, (const PGresult *result), (result)) \
    X(int, PQgetisnull, (const PGresult *result, int row, int column), (result, row, column)) \
    X(int, PQgetlength, (const PGresult *result, int row, int column), (result, row, column)) \
    X(char *_Nonnull, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column)) \
    X(char *_Nonnull, PQcmdStatus, (PGresult *result), (result)) \
    X(char *_Nonnull, PQcmdTuples, (PGresult *result), (result)) \
    X(void, PQclear, (PGresult *result), (result))

// Forwarders that only the including file sees: a program that links libpq for purposes of its own calls its own.
#define CPOSTGRESQL_FORWARD(result, name, parameters, arguments) \
    extern result (*_Nonnull cpostgresql_##name) parameters; \
    static inline result name parameters { return cpostgresql_##name arguments; }

CPOSTGRESQL_FUNCTIONS(CPOSTGRESQL_FORWARD)

#pragma clang assume_nonnull end
#endif
