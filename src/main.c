/* SPDX-License-Identifier: MIT */
#include "cmd/cmd.h"

int main(int argc, char **argv)
{
    return eco_cmd_main(argc, argv);
}
