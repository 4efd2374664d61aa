# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What bash offers after "rollstat": verbs, options, and days, sessions and sensors of the history.

# _rollstat_tell COLUMN PATTERN VERB OPTION ...: the column of what the verb tells, of lines where it fits.
_rollstat_tell() {
	local column=$1 pattern=$2 line
	shift 2
	"${COMP_WORDS[0]}" --color never "$@" 2>/dev/null | while read -ra line; do
		# shellcheck disable=SC2053 # a pattern
		[[ ${line[column]-} != $pattern ]] || printf '%s\n' "${line[column]}"
	done
}

_rollstat_offer() {
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_rollstat_options() {
	case $1 in
	sessions) echo --day ;;
	passes | holds) echo --day --session ;;
	calibrate) echo --show ;;
	pair) echo --yes ;;
	esac
	echo --json --csv --db --system --person --color --help --version
}

_rollstat() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb='' history=() i at
	# To bash "--day=2025" is three words.
	if [[ $word == = ]]; then
		word=''
	elif [[ $before == = ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--db | --person | --color | --day | --session)
			at=${COMP_WORDS[i]}
			[[ ${COMP_WORDS[i + 1]} != = ]] || ((i++))
			((++i < COMP_CWORD)) || break
			[[ $at != --db ]] || history+=(--db "${COMP_WORDS[i]/#\~/$HOME}")
			;;
		--system) history+=(--system) ;;
		-*) ;;
		*) verb=${verb:-${COMP_WORDS[i]}} ;;
		esac
	done

	COMPREPLY=()
	case $before in
	--db)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	--person) return ;;
	--color) _rollstat_offer "auto always never" "$word" && return ;;
	--session) _rollstat_offer "$(_rollstat_tell 2 '[0-9]*' sessions "${history[@]}")" "$word" && return ;;
	--day) verb=day ;;
	esac
	case $word,$verb in
	-*) _rollstat_offer "$(_rollstat_options "$verb")" "$word" ;;
	*,) _rollstat_offer "today day week month range sessions passes holds devices status calibrate pair unpair help" "$word" ;;
	*,day | *,range) _rollstat_offer "$(_rollstat_tell 0 '????-??-??' sessions "${history[@]}" | uniq)" "$word" ;;
	*,calibrate | *,pair | *,unpair)
		# To bash an address is many words; it replaces only what follows the last colon.
		word=${COMP_LINE:0:COMP_POINT}
		word=${word##* }
		_rollstat_offer "$(_rollstat_tell 1 '??:??:??:??:??:??' devices "${history[@]}")" "$word"
		COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
		;;
	esac
}

complete -F _rollstat rollstat
