/* SPDX-License-Identifier: GPL-3.0-or-later */
/* heap: for what must not take much memory, whatever is read. Only the sanitizer can count it. */
#include "fuzz.h"

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define COUNTED
#endif
#elif defined __SANITIZE_ADDRESS__
#define COUNTED
#endif

#ifdef COUNTED
#include <stdbool.h>

/* sanitizer/allocator_interface.h, which not every compiler brings. */
size_t __sanitizer_get_allocated_size(const volatile void *memory);
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
					      void (*on_free)(const volatile void *));

static size_t now, most;

static void
on_malloc(const volatile void *memory, size_t size)
{
	(void)memory;
	now += size;
	if (now > most)
		most = now;
}

static void
on_free(const volatile void *memory)
{
	size_t size = memory != NULL ? __sanitizer_get_allocated_size(memory) : 0;

	/* What was there before is no merit of what came since. */
	now -= size < now ? size : now;
}

void
fuzz_heap_watch(void)
{
	static bool watching;

	if (!watching)
		MUST(__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free));
	watching = true;
	now = most = 0;
}

size_t
fuzz_heap_most(void)
{
	return most;
}
#else
void
fuzz_heap_watch(void)
{
}

size_t
fuzz_heap_most(void)
{
	return 0;
}
#endif
