package command

// The scripts hand the words of the line to the hidden command "complete" and
// offer what it answers. Where it answers nothing the shell offers files.

const completeBash = `
# bash completion for kontent: source <(kontent completion bash)
_kontent() {
	local IFS=$'\n' line
	COMPREPLY=()
	while IFS=$'\t' read -r line _; do
		COMPREPLY+=("$line")
	done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _kontent kontent
`

const completeZsh = `
#compdef kontent
# zsh completion for kontent: source <(kontent completion zsh)
_kontent() {
	local -a found
	local word meaning
	while IFS=$'\t' read -r word meaning; do
		found+=("${word//:/\\:}:${meaning}")
	done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
	if (( ${#found} )); then
		_describe kontent found
	else
		_files
	fi
}
compdef _kontent kontent
`

const completeFish = `
# fish completion for kontent: kontent completion fish | source
function __kontent_complete
	set -l words (commandline -opc) (commandline -ct)
	$words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c kontent -a '(__kontent_complete)'
`

const completePowerShell = `
# PowerShell completion for kontent: kontent completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName kontent, kontent.exe -ScriptBlock {
	param($wordToComplete, $commandAst, $cursorPosition)
	$words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
	$program, $before = $words
	# An empty argument would be dropped on its way to the program.
	$typed = if ($wordToComplete) { $wordToComplete } else { '""' }
	& $program complete '--' @before $typed 2>$null | ForEach-Object {
		$word, $meaning = $_ -split "\t", 2
		if (-not $meaning) { $meaning = $word }
		[System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
	}
}
`
