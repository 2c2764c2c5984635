import pickle, socket, sys
END = b"<F2B_END_COMMAND>"
def ask(words, protocol):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(sys.argv[1])
        s.sendall(pickle.dumps(words, protocol) + END)
        got = b""
        while not got.endswith(END):
            got += s.recv(64)
        return pickle.loads(got[:-len(END)])
for protocol in range(6):
    for jail in ask(["status"], protocol)[1][1][1].split(", "):
        filters, actions = ask(["status", jail], protocol)[1]
        print(jail, *(dict(part[1][:2])[name] for part, name in (
            (filters, "Currently failed"), (filters, "Total failed"),
            (actions, "Currently banned"), (actions, "Total banned"))))
