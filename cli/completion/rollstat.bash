# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What bash offers after "rollstat": rollstat itself knows (cli/complete.h).

_rollstat() {
	local line=${COMP_LINE:0:COMP_POINT} words=() last candidate rest
	read -ra words <<<"$line"
	[[ $line != *' ' ]] || words+=('')
	last=${words[-1]}

	COMPREPLY=()
	while IFS=$'\t' read -r candidate rest; do
		if [[ $candidate == :files ]]; then
			compopt -o filenames 2>/dev/null
			mapfile -t COMPREPLY < <(compgen -f -- "${last#*=}")
			return
		fi
		COMPREPLY+=("$candidate")
	done < <("${words[0]}" complete "${words[@]:1}" 2>/dev/null)

	# To bash an address or "--color=never" is many words; it replaces only what follows the last colon or "=".
	if [[ $last == *:* ]]; then
		COMPREPLY=("${COMPREPLY[@]#"${last%"${last##*:}"}"}")
	fi
}

complete -F _rollstat rollstat
