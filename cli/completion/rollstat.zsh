#compdef rollstat
# SPDX-License-Identifier: MIT
#
# What zsh offers after "rollstat": rollstat itself knows (cli/complete.h).

_rollstat() {
	local line before=''
	local -a candidates descriptions
	[[ $words[CURRENT] != --*=* ]] || before=${words[CURRENT]%%=*}=
	for line in ${(f)"$(_call_program words rollstat complete ${(q)words[2,CURRENT]} 2>/dev/null)"}; do
		if [[ $line == :files ]]; then
			compset -P '*='
			_files
			return
		fi
		candidates+=("$before${line%%$'\t'*}")
		descriptions+=("$before${line/$'\t'/ -- }")
	done
	compadd -V words -d descriptions -a candidates
}

_rollstat "$@"
