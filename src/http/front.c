/* SPDX-License-Identifier: GPL-3.0-or-later */
/* front: a request in, its checks in the order of their cost, the question to the core, the answer out. */
#include "http/front.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "http/door.h"
#include "http/places.h"

struct front {
	struct evhttp *http;
	struct places *places;
	struct guard *guard;
	struct link *link;
	uint64_t served;
};

/* A request while the core is asked. */
struct visit {
	struct evhttp_request *request;
	const struct door *door;
	struct call call;
	struct guard *guard;
	struct guard_digest digest;
	uint64_t number;
};

static void
say(struct evhttp_request *request, int status, const char *reason, const char *type, const char *text)
{
	struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
	struct evbuffer *body = evbuffer_new();

	evbuffer_add(body, text, strlen(text));
	evhttp_add_header(headers, "Content-Type", type);
	evhttp_add_header(headers, "Cache-Control", "no-store");
	/* One request a connection: what comes behind it is not read. */
	evhttp_add_header(headers, "Connection", "close");
	evhttp_send_reply(request, status, reason, body);
	evbuffer_free(body);
}

static void
refuse(struct evhttp_request *request, int status, const char *reason, const char *why)
{
	char *text = xasprintf("%s\n", why);

	log_warn("http refused %d: %s", status, why);
	say(request, status, reason, "text/plain; charset=utf-8", text);
	free(text);
}

/* --- the answer --- */

static void
on_answer(void *ctx, const struct answer *answer)
{
	struct visit *visit = ctx;
	struct evkeyvalq *headers = evhttp_request_get_output_headers(visit->request);
	char phone[PHONE_MASK_SIZE], *body;

	phone_mask(visit->call.phone, phone);
	if (answer == NULL) {
		log_warn("http=%llu from %s: no answer from the core", (unsigned long long)visit->number, phone);
		guard_forget(visit->guard, &visit->digest);
		refuse(visit->request, 503, "Service Unavailable", "the gateway cannot answer now");
	} else {
		log_info("http=%llu from %s: %s", (unsigned long long)visit->number, phone,
			 answer->end ? "end" : "continue");
		body = visit->door->write(&visit->call, answer);
		if (visit->door->state)
			evhttp_add_header(headers, "Session", answer->end ? "end" : "continue");
		say(visit->request, HTTP_OK, "OK", visit->door->type, body);
		free(body);
	}
	free(visit);
}

/* --- the request --- */

static const char *
form_field(void *form, const char *name)
{
	return evhttp_find_header(form, name);
}

/* What is neither in the body nor in the query is not there. 0, or -1: not a form. */
static int
parse_form(const struct evhttp_request *request, const char *body, size_t length, struct evkeyvalq *form)
{
	const char *query = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request));
	bool get = evhttp_request_get_command(request) == EVHTTP_REQ_GET;
	char *text = get ? xstrdup(query != NULL ? query : "") : xstrndup(body, length);
	/* What looks like text and holds a NUL is not: the copy ends there. */
	bool whole = (get || strlen(text) == length) && strstr(text, "%00") == NULL;
	int result;

	TAILQ_INIT(form);
	result = whole && (text[0] == '\0' || evhttp_parse_query_str(text, form) == 0) ? 0 : -1;
	free(text);
	return result;
}

/* NULL, or what is wrong with it. */
static const char *
read_call(const struct door *door, const struct evhttp_request *request, const char *body, size_t length,
	  struct call *call)
{
	struct evkeyvalq form;
	struct door_request view = { .field = form_field, .form = &form, .body = body, .length = length };
	const char *wrong;
	bool json = strstr(door->type, "json") != NULL;

	TAILQ_INIT(&form);
	if (!json && parse_form(request, body, length, &form) != 0)
		wrong = "neither body nor query is a form";
	else
		wrong = door->read(&view, call);
	evhttp_clear_headers(&form);
	return wrong;
}

/* Header first, then the query. */
static const char *
claimed(struct evhttp_request *request, struct evkeyvalq *query, const char *header, const char *name)
{
	const char *value = evhttp_find_header(evhttp_request_get_input_headers(request), header);

	return value != NULL || query == NULL ? value : evhttp_find_header(query, name);
}

static enum guard_verdict
ask_guard(struct front *front, struct evhttp_request *request, const char *method, const char *body, size_t length,
	  struct guard_digest *digest)
{
	const char *text = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request));
	struct evkeyvalq query;
	struct guard_claim claim = { .method = method, .target = evhttp_request_get_uri(request), .body = body,
				     .length = length };
	enum guard_verdict verdict;

	TAILQ_INIT(&query);
	if (text != NULL && evhttp_parse_query_str(text, &query) != 0)
		TAILQ_INIT(&query);
	claim.time = claimed(request, &query, "X-Kentongan-Time", "time");
	claim.key = claimed(request, &query, "X-Kentongan-Key", "key");
	claim.signature = claimed(request, NULL, "X-Kentongan-Signature", NULL);
	verdict = guard_check(front->guard, &claim, clock_wall(), digest);
	evhttp_clear_headers(&query);
	return verdict;
}

static const struct { int status; const char *reason, *why; } verdicts[GUARD_VERDICTS] = {
	[GUARD_FORGED] = { 401, "Unauthorized", "the secret, or a signature made with it, is not in the request" },
	[GUARD_STALE] = { 401, "Unauthorized", "the request's time is missing, or is not now" },
	[GUARD_REPLAYED] = { 409, "Conflict", "this very request was here before" },
	[GUARD_FULL] = { 503, "Service Unavailable", "too many requests in a short time" },
};

static void
ask_core(struct front *front, struct evhttp_request *request, const struct door *door, const struct call *call,
	 const struct guard_digest *digest)
{
	struct visit *visit = xcalloc(1, sizeof *visit);

	visit->request = request;
	visit->door = door;
	visit->call = *call;
	visit->guard = front->guard;
	visit->digest = *digest;
	visit->number = ++front->served;
	places_keep(front->places, request);
	if (!link_ask(front->link, door->name, call, on_answer, visit))
		on_answer(visit, NULL);
}

static void
take(struct front *front, struct evhttp_request *request, const struct door *door, const char *body, size_t length)
{
	bool get = evhttp_request_get_command(request) == EVHTTP_REQ_GET;
	struct call call = { 0 };
	struct guard_digest digest;
	enum guard_verdict verdict;
	const char *wrong;

	if (get && !door->get) {
		refuse(request, 405, "Method Not Allowed", "POST is expected here");
		return;
	}
	verdict = ask_guard(front, request, get ? "GET" : "POST", body, length, &digest);
	if (verdict != GUARD_GOOD) {
		refuse(request, verdicts[verdict].status, verdicts[verdict].reason, verdicts[verdict].why);
		return;
	}
	wrong = read_call(door, request, body, length, &call);
	if (wrong != NULL)
		refuse(request, 400, "Bad Request", wrong);
	else
		ask_core(front, request, door, &call, &digest);
}

static void
on_request(struct evhttp_request *request, void *arg)
{
	const char *path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
	const struct door *door = path != NULL ? door_find(path) : NULL;
	struct evbuffer *input = evhttp_request_get_input_buffer(request);
	size_t length = evbuffer_get_length(input);
	const char *body = length > 0 ? (const char *)evbuffer_pullup(input, -1) : "";

	if (door == NULL)
		refuse(request, 404, "Not Found", "nothing is served under this path");
	else
		take(arg, request, door, body, length);
}

/* --- life --- */

struct front *
front_new(struct event_base *base, int listening, struct guard *guard, struct link *link)
{
	struct front *front = xcalloc(1, sizeof *front);

	front->guard = guard;
	front->link = link;
	front->http = evhttp_new(base);
	evhttp_set_max_headers_size(front->http, FRONT_HEADERS_MOST);
	evhttp_set_max_body_size(front->http, FRONT_BODY_MOST);
	evhttp_set_allowed_methods(front->http, EVHTTP_REQ_GET | EVHTTP_REQ_POST);
	/* places is stricter, and says why. */
	evhttp_set_timeout(front->http, 3 * PLACES_SECONDS);
	evhttp_set_gencb(front->http, on_request, front);
	front->places = places_new(base, front->http);
	if (evhttp_accept_socket(front->http, listening) == 0)
		return front;
	log_error("the socket cannot be listened to");
	front_free(front);
	return NULL;
}

void
front_free(struct front *front)
{
	if (front == NULL)
		return;
	evhttp_free(front->http);
	places_free(front->places);
	free(front);
}
