/**
 * Detectors for detect-secrets in place of some of its own, of which each digests not the secret but a part that many
 * secrets share, or nothing: `ghp` of a token of GitHub, `glpat` of one of GitLab, the first line of a private key. Of all
 * that share it in a file it prints one, and a decision about that one would hold for all of them.
 */
export const replacedDetectors = ['GitHubTokenDetector', 'GitLabTokenDetector', 'PrivateKeyDetector']

/** Where a key goes on is not told by its first line, so keys are told apart by their place. */
export const wholeSecretsPlugin = `from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.plugins import github_token, gitlab_token, private_key


def whole_matches(self, string, **kwargs):
    for pattern in self.denylist:
        for match in pattern.finditer(string):
            yield match.group()


class WholeGitHubToken(github_token.GitHubTokenDetector):
    analyze_string = whole_matches


class WholeGitLabToken(gitlab_token.GitLabTokenDetector):
    analyze_string = whole_matches


class EachPrivateKey(private_key.PrivateKeyDetector):
    def analyze_line(self, filename, line, line_number=0, **kwargs):
        found = super().analyze_line(filename=filename, line=line, line_number=line_number, **kwargs)
        return {
            PotentialSecret(each.type, filename, f'{each.secret_value} in line {line_number}', line_number)
            for each in found
        }
`
