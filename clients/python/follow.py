"""Prints all plans, then every change: LETOPIS_KEY=… python3 follow.py http://localhost:4000"""
import json, os, sys, time, urllib.error, urllib.request

START = "{ system { readModels } }"
PLANS = "query($after: String) { plans(first: 50, after: $after) { nodes { id title } pageInfo { hasNextPage endCursor } } }"
CHANGES = "query($after: Position) { changes(after: $after) { position hasMore changes { eventType planId activityIds } } }"


def ask(query, **variables):
    headers = {"Authorization": f"Bearer {os.environ['LETOPIS_KEY']}", "Content-Type": "application/json"}
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(f"{sys.argv[1]}/graphql", body, headers)
    answer = json.load(urllib.request.urlopen(request, timeout=30))
    if "errors" in answer:
        sys.exit(answer["errors"][0]["message"])
    return answer["data"]


position = ask(START)["system"]["readModels"]  # What changes while the plans are read comes again as a change.
page = {"hasNextPage": True, "endCursor": None}
while page["hasNextPage"]:
    plans = ask(PLANS, after=page["endCursor"])["plans"]
    page = plans["pageInfo"]
    for plan in plans["nodes"]:
        print(json.dumps(plan, ensure_ascii=False), flush=True)
while True:
    try:
        feed = ask(CHANGES, after=position)["changes"]
    except OSError as error:  # The server is away or busy: continue after the last position.
        if isinstance(error, urllib.error.HTTPError) and error.code < 429:
            sys.exit(str(error))
        feed = {"changes": [], "position": position, "hasMore": False}
    for change in feed["changes"]:
        print(json.dumps(change), flush=True)
    position = feed["position"]  # Keep it, to continue after it when the program starts again.
    if not feed["hasMore"]:
        time.sleep(2)
