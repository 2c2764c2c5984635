import io, json, logging, sys
sys.path.insert(0, "/usr/lib/python3/dist-packages")
from fail2ban.client.csocket import CSocket
from fail2ban.client.beautifier import Beautifier
logging.disable(logging.CRITICAL)
client = CSocket(sys.argv[1])
beautifier = Beautifier()
for line in sys.stdin:
    words = json.loads(line)["words"]
    beautifier.setInputCmd(words)
    answer = client.send(words)
    if isinstance(answer, str):
        row = {"done": False, "value": answer, "out": answer}
    elif answer[0] == 0:
        row = {"done": True, "value": repr(answer[1]), "out": str(beautifier.beautify(answer[1]))}
    else:
        row = {"done": False, "value": repr(answer[1]), "out": str(beautifier.beautifyError(answer[1]))}
    print(json.dumps(row), flush=True)
