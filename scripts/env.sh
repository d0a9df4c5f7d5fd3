# Sourced by the other scripts: where the libraries are that scripts/setup unpacked beside the project.
if [ -d .syslibs/usr/lib ]; then
    for dir in "$PWD"/.syslibs/usr/lib/*-linux-gnu*; do
        [ -d "$dir" ] || continue
        case ":${LD_LIBRARY_PATH:-}:" in
            *":$dir:"*) ;;
            *) LD_LIBRARY_PATH="$dir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" ;;
        esac
    done
    export LD_LIBRARY_PATH
fi
