console.log(`Muster manages the devices of an organization.

  ./muster start      starts the server; at the first start it prints a link to set it up
  ./muster demo       starts a server with 50 virtual devices and prints a link that signs in
  ./muster test       checks everything: both databases and the console in a browser
  ./muster setup      sets up without a browser:
                        --email you@example.org --password-stdin [--name …] [--org …]
  ./muster api-key    create --name … --role …   prints a key, once, alone on the last line
                      list · revoke <id>
  ./muster guard      status · freeze · unfreeze · release <intent> · cancel <intent> · close-breaker ·
                        restored · release-epoch · confirm-time · reset
  ./muster api        calls the API of a running server: ./muster api help
  ./muster audit      verify FILE   checks an evidence pack, without a server
  ./muster policy     test · explain <device> · why-not <device> <policy>: ./muster policy help
  ./muster bench      measures, beside a peer or a limit: ./muster bench list
  ./muster help       this

Settings are environment variables: docs/guides/settings.md. None is needed for a first start.`)
