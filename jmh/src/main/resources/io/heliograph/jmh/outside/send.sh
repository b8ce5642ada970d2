# Signals a process by programs that end at once: send.sh PID COUNT kill|timeout|xargs|pkill|bash
pid_file=${0%/*}/pid
echo "$1" >"$pid_file"
for ((i = 0; i < $2; i++)); do
  case $3 in
    kill) /bin/kill -USR1 "$1" ;;
    timeout) timeout 60 kill -USR1 "$1" ;;
    xargs) echo "$1" | xargs kill -USR1 ;;
    pkill) pkill -USR1 -F "$pid_file" ;;
    bash) bash -c "kill -USR1 $1" ;;
    *) exit 64 ;;
  esac || exit
  sleep 0.02
done
