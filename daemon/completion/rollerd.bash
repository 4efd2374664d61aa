# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What bash offers after "rollerd": options, files and sources.

_rollerd() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	# To bash "--source=sim" is three words.
	if [[ $word == = ]]; then
		word=''
	elif [[ $before == = ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi

	COMPREPLY=()
	case $before in
	-c | --config | -d | --db | -r | --replay | --capture)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		;;
	-s | --source) mapfile -t COMPREPLY < <(compgen -W "bluez sim" -- "$word") ;;
	--seed | --speed | --duration) ;;
	*)
		mapfile -t COMPREPLY < <(compgen -W "--config --db --source --replay --capture --rebuild --check-config --system
			--seed --speed --duration --help --version" -- "$word")
		;;
	esac
}

complete -F _rollerd rollerd
