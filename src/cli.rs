//! One file per command group: arguments -> Change or report -> print.
