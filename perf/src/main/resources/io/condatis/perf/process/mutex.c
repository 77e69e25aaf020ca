/*
 * A robust mutex between processes. Prints a line 'name value' for each quantity.
 *
 * The first argument is the milliseconds that contention is measured, the second those that it runs before; a quarter of
 * the first is enough without contention, of which the fastest PART counts: nobody makes it faster than it is.
 * A section is: lock, add 1 to a counter in shared memory, unlock. The clock is read after every BATCH sections, so the
 * longest wait contains BATCH sections and whatever the scheduler did meanwhile.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BATCH 16
#define PART 25000000L
#define PROCESSES 2

struct shared {
    pthread_mutex_t mutex;
    _Alignas(64) volatile long counter;
    _Alignas(64) atomic_int ready;
    _Alignas(64) atomic_long begin, end;
    struct {
        _Alignas(64) long sections;
        long all;
        long longest;
    } of[PROCESSES];
};

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void batch(struct shared *shared) {
    for (int i = 0; i < BATCH; i++) {
        if (pthread_mutex_lock(&shared->mutex) != 0) {
            abort();
        }
        shared->counter = shared->counter + 1;
        pthread_mutex_unlock(&shared->mutex);
    }
}

static double uncontended(struct shared *shared, long duration) {
    long batches = 0, begin = now(), spent;
    do {
        batch(shared);
        batches++;
        spent = now() - begin;
    } while (spent < duration);
    return (double)spent / (batches * BATCH);
}

static double fastest_uncontended(struct shared *shared, long duration) {
    double fastest = uncontended(shared, PART);
    for (long left = duration - PART; left > 0; left -= PART) {
        double part = uncontended(shared, PART);
        fastest = part < fastest ? part : fastest;
    }
    return fastest;
}

static void contend(struct shared *shared, int me, long warmup, long duration) {
    long sections = 0, all = 0, longest = 0, last, time;
    if (atomic_fetch_add(&shared->ready, 1) == PROCESSES - 1) {
        long begin = now() + warmup;
        shared->end = begin + duration;
        shared->begin = begin;
    }
    while (shared->begin == 0) {
    }
    do {
        batch(shared);
        all += BATCH;
        last = now();
    } while (last < shared->begin);
    do {
        batch(shared);
        all += BATCH;
        time = now();
        sections += BATCH;
        longest = time - last > longest ? time - last : longest;
        last = time;
    } while (time < shared->end);
    shared->of[me].sections = sections;
    shared->of[me].all = all;
    shared->of[me].longest = longest;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s MEASURED_MS WARMUP_MS\n", argv[0]);
        return 2;
    }
    long duration = atol(argv[1]) * 1000000L, warmup = atol(argv[2]) * 1000000L;
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&shared->mutex, &attributes);

    uncontended(shared, duration / 8);
    printf("uncontended %f\n", fastest_uncontended(shared, duration / 4));
    shared->counter = 0;
    fflush(stdout);

    for (int i = 0; i < PROCESSES; i++) {
        pid_t child = fork();
        if (child < 0) {
            perror("fork");
            return 1;
        }
        if (child == 0) {
            contend(shared, i, warmup, duration);
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        if (wait(&status) < 0 || status != 0) {
            fprintf(stderr, "a process failed: status %d\n", status);
            return 1;
        }
    }
    if (shared->counter != shared->of[0].all + shared->of[1].all) {
        fprintf(stderr, "two were inside\n");
        return 1;
    }
    long first = shared->of[0].sections, second = shared->of[1].sections;
    long longest = shared->of[0].longest > shared->of[1].longest ? shared->of[0].longest : shared->of[1].longest;
    printf("contended sections %f\n", (first + second) / (duration / 1e9));
    printf("contended share of the larger %f\n", 100.0 * (first > second ? first : second) / (first + second));
    printf("contended longest wait %f\n", longest / 1e6);
    return 0;
}
