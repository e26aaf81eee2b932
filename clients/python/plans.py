"""Prints the plans that a key may see: LETOPIS_KEY=… python3 plans.py http://localhost:4000"""
import json, os, sys, urllib.error, urllib.request

headers = {"Authorization": f"Bearer {os.environ['LETOPIS_KEY']}"}
try:
    for line in urllib.request.urlopen(urllib.request.Request(f"{sys.argv[1]}/plans.jsonl", headers=headers)):
        if (plan := json.loads(line))["kind"] == "PLAN":
            print(plan["status"], plan["title"])
except urllib.error.HTTPError as error:
    sys.exit(json.load(error)["detail"])
